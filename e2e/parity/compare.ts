import type { FormShape, Outcome, Side } from './outcome';

/** One thing in which the two sides are not the same. */
export interface Difference {
  /** Part of the form, who was refused for what, a message that Keycloak does not have, or part of the stored account. */
  readonly what: 'form' | 'field' | 'message' | 'verdict' | 'stored';
  /** For example `country.label`, `email` or `attributes.company`. */
  readonly where: string;
  readonly hosted: unknown;
  readonly portal: unknown;
}

function same(first: unknown, second: unknown): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}

function compareShapes(hosted: FormShape, portal: FormShape): Difference[] {
  const names = [...new Set([...Object.keys(hosted.fields), ...Object.keys(portal.fields)])];
  const differences: Difference[] = [];
  const compare = (where: string, first: unknown, second: unknown) => {
    if (!same(first, second)) differences.push({ what: 'form', where, hosted: first, portal: second });
  };
  for (const name of names) {
    const [first, second] = [hosted.fields[name], portal.fields[name]];
    if (first === undefined || second === undefined) {
      compare(name, first === undefined ? 'absent' : 'there', second === undefined ? 'absent' : 'there');
      continue;
    }
    for (const key of ['type', 'label', 'required', 'values'] as const)
      compare(`${name}.${key}`, first[key], second[key]);
    compare(
      `${name}.options`,
      first.options.map(({ value }) => value),
      second.options.map(({ value }) => value),
    );
    first.options.forEach(({ value, label }, index) => {
      const other = second.options[index];
      if (other?.value === value) compare(`${name}.option ${value}`, label, other.label);
    });
  }
  // Fields that one of them lacks have been told already.
  const shared = (order: readonly string[]) =>
    order.filter((one) => one.startsWith('#') || (one in hosted.fields && one in portal.fields));
  const withoutEmptyGroups = (order: readonly string[]) =>
    shared(order).filter((one, index, all) => !(one.startsWith('#') && (all[index + 1] ?? '#').startsWith('#')));
  compare('order', withoutEmptyGroups(hosted.order), withoutEmptyGroups(portal.order));
  return differences;
}

function compareRefusals(
  hosted: Readonly<Record<string, readonly string[]>>,
  portal: Readonly<Record<string, readonly string[]>>,
): Difference[] {
  const fields = [...new Set([...Object.keys(hosted), ...Object.keys(portal)])];
  return fields.flatMap((field) => {
    const [first = [], second = []] = [hosted[field], portal[field]];
    // Keycloak's page shows one message of a field, whichever its hash table gives; the portal shows them all.
    const agrees = first.length > 0 && first.every((message) => second.includes(message));
    return agrees ? [] : [{ what: 'field' as const, where: field, hosted: first, portal: second }];
  });
}

function compareStored(
  hosted: Outcome & { status: 'accepted' },
  portal: Outcome & { status: 'accepted' },
): Difference[] {
  const [first, second] = [hosted.user, portal.user];
  if (first === undefined || second === undefined) {
    return same(first, second)
      ? []
      : [
          {
            what: 'stored',
            where: 'account',
            hosted: first === undefined ? 'none' : 'made',
            portal: second === undefined ? 'none' : 'made',
          },
        ];
  }
  const { attributes: firstAttributes, ...firstRest } = first;
  const { attributes: secondAttributes, ...secondRest } = second;
  const flat = (rest: object, attributes: Readonly<Record<string, unknown>>): Map<string, unknown> =>
    new Map([
      ...Object.entries(rest),
      ...Object.entries(attributes).map(([name, values]) => [`attributes.${name}`, values] as const),
    ]);
  const [all, other] = [flat(firstRest, firstAttributes), flat(secondRest, secondAttributes)];
  return [...new Set([...all.keys(), ...other.keys()])].flatMap((where) =>
    same(all.get(where), other.get(where))
      ? []
      : [{ what: 'stored' as const, where, hosted: all.get(where), portal: other.get(where) }],
  );
}

/**
 * Everything in which two sides differ: the form, the verdict, the fields and messages of a refusal, the account.
 * @returns nothing where they agree
 */
export function differences(hosted: Side, portal: Side): Difference[] {
  const form = compareShapes(hosted.shape, portal.shape);
  const [first, second] = [hosted.outcome, portal.outcome];
  if (first.status === 'accepted' && second.status === 'accepted') return [...form, ...compareStored(first, second)];
  if (first.status === 'failed' && second.status === 'failed') return form;
  const errorsOf = (outcome: Outcome) => (outcome.status === 'refused' ? outcome.errors : {});
  const refusals = compareRefusals(errorsOf(first), errorsOf(second));
  // A refusal without a message anywhere would otherwise look like an agreement.
  const verdict: Difference[] =
    first.status === second.status
      ? []
      : [{ what: 'verdict', where: 'submit', hosted: describe(first), portal: describe(second) }];
  return [...form, ...verdict, ...refusals];
}

function describe(outcome: Outcome): string {
  switch (outcome.status) {
    case 'accepted':
      return outcome.user === undefined ? 'accepted, nobody stored' : 'accepted';
    case 'refused':
      return Object.keys(outcome.errors).length === 0 ? 'refused without a word' : 'refused';
    case 'failed':
      return `failed (${outcome.why})`;
  }
}
