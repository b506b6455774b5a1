import 'server-only';
import { z } from 'zod';
import type { Field, FormModel, FormValues } from '@/lib/profile/types';
import { seal, unseal } from './seal';

/** The parameter that carries what is known of the visitor, sealed. */
export const PREFILL = 'prefill';

/** OIDC's own word for what the visitor would type as their name. */
export const LOGIN_HINT = 'login_hint';

const PURPOSE = 'prefill';

/** How long such an address fills the form in, in seconds. */
const LIFETIME = 900;

/** What is taken of one application's word about a visitor; more is left out. `hint`: `AuthorizationEndpointRequestParser`. */
const MOST = { hint: 255, value: 500, values: 10, all: 2_000 } as const;

const known = z.object({ values: z.record(z.string(), z.array(z.string())) });

/** What a list, boxes or buttons do not offer can't be chosen, either. */
function canHold({ control }: Field, value: string): boolean {
  return !('options' in control) || control.options.some((option) => option.value === value);
}

/**
 * Takes what an application says about the visitor: an attribute's name with its value, and OIDC's `login_hint`, which is
 * the username, or the e-mail address where that is the username (`RegistrationPage`). Only fields that the form has count;
 * attributes that a visitor may not edit are none of them, and neither are passwords.
 * @param model the form of this visitor
 * @param entries of a query or a posted form; anyone's word
 */
export function valuesFromRequest(model: FormModel, entries: Iterable<readonly [string, string]>): FormValues {
  const fields = new Map(model.groups.flatMap(({ fields }) => fields.map((field) => [field.name, field] as const)));
  const found = new Map<string, string[]>();
  let left: number = MOST.all;
  const take = (name: string, value: string, most: number) => {
    const field = fields.get(name);
    const before = found.get(name) ?? [];
    if (field === undefined || value === '' || value.length > Math.min(most, left)) return;
    if (before.length >= (field.multivalued ? MOST.values : 1) || !canHold(field, value)) return;
    found.set(name, [...before, value]);
    left -= value.length;
  };
  const all = [...entries];
  for (const [name, value] of all) if (name !== LOGIN_HINT) take(name, value, MOST.value);
  const hints = all.filter(([name]) => name === LOGIN_HINT);
  // A repeated parameter counts as none (RFC 6749, 3.1), and an attribute's own name says more than a hint.
  const hinted = model.emailAsUsername ? 'email' : 'username';
  if (hints.length === 1 && !found.has(hinted)) take(hinted, hints[0]?.[1] ?? '', MOST.hint);
  return Object.fromEntries(found);
}

/**
 * Seals values for the address of the page, so that nobody who sees the address reads them, in a log or over a shoulder.
 * @param values what `valuesFromRequest` took
 * @returns the parameter, or none where nothing is known
 */
export async function prefillParameter(values: FormValues): Promise<Record<string, string>> {
  return Object.keys(values).length === 0 ? {} : { [PREFILL]: await seal(PURPOSE, { values }, LIFETIME) };
}

/**
 * The values that an address carries.
 * @param sealed the parameter; anything forged or too old holds none
 * @param model the form as it is now: a field that is gone meanwhile is not filled in
 */
export async function openPrefill(sealed: unknown, model: FormModel): Promise<FormValues> {
  const opened = known.safeParse(await unseal(PURPOSE, typeof sealed === 'string' ? sealed : undefined));
  if (!opened.success) return {};
  const entries = Object.entries(opened.data.values);
  return valuesFromRequest(
    model,
    entries.flatMap(([name, values]) => values.map((value) => [name, value] as const)),
  );
}
