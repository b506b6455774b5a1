import type { UPAttribute } from '../../lib/profile/types';
import { type ParityCase, PLAIN_REALM, type Visit, type World } from './case';

function without<Value>(record: Readonly<Record<string, Value>>, name: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

function withWorld({ world, visit }: ParityCase, change: Partial<World>): ParityCase {
  return { world: { ...world, ...change }, visit };
}

function withVisit({ world, visit }: ParityCase, change: Partial<Visit>): ParityCase {
  return { world, visit: { ...visit, ...change } };
}

function withAttributes(from: ParityCase, attributes: readonly UPAttribute[]): ParityCase {
  return withWorld(from, { profile: { ...from.world.profile, attributes } });
}

/** An attribute with one of its parts, or one of the things in a part, left out. */
function* smallerAttributes(attribute: UPAttribute): Generator<UPAttribute> {
  for (const part of [
    'required',
    'selector',
    'group',
    'defaultValue',
    'annotations',
    'displayName',
    'multivalued',
  ] as const) {
    const { [part]: left, ...rest } = attribute;
    if (left !== undefined) yield rest;
  }
  for (const id of Object.keys(attribute.validations ?? {})) {
    yield { ...attribute, validations: without(attribute.validations ?? {}, id) };
  }
  for (const name of Object.keys(attribute.annotations ?? {})) {
    yield { ...attribute, annotations: without(attribute.annotations ?? {}, name) };
  }
}

function* smallerProfiles(from: ParityCase): Generator<ParityCase> {
  const attributes = from.world.profile.attributes ?? [];
  for (const attribute of attributes) {
    if (attribute.name === 'username' || attribute.name === 'email') continue;
    const smaller = withAttributes(
      from,
      attributes.filter((other) => other !== attribute),
    );
    yield withVisit(smaller, { wishes: without(from.visit.wishes, attribute.name) });
  }
  if ((from.world.profile.groups ?? []).length > 0) {
    const ungrouped = attributes.map(({ group: _, ...attribute }) => attribute);
    yield withWorld(from, { profile: { ...from.world.profile, attributes: ungrouped, groups: [] } });
  }
  yield withWorld(from, { profile: without({ ...from.world.profile }, 'unmanagedAttributePolicy') });
  for (const [index, attribute] of attributes.entries()) {
    for (const smaller of smallerAttributes(attribute)) yield withAttributes(from, attributes.with(index, smaller));
  }
}

function* shorterTexts(text: string): Generator<string> {
  const characters = [...text];
  if (characters.length < 2) return;
  yield characters.slice(0, Math.ceil(characters.length / 2)).join('');
  yield characters.slice(Math.floor(characters.length / 2)).join('');
  yield characters.slice(1).join('');
  yield characters.slice(0, -1).join('');
}

function* smallerVisits(from: ParityCase): Generator<ParityCase> {
  const { visit } = from;
  if (visit.scopes.length > 0) yield withVisit(from, { scopes: [] });
  if (visit.client !== 'plain') yield withVisit(from, { client: 'plain', scopes: [] });
  if (visit.locale !== 'en') yield withVisit(from, { locale: 'en' });
  if (visit.forged) yield withVisit(from, { forged: false });
  if (visit.passwordMode === 'form') yield withVisit(from, { passwordMode: 'after-verification' });
  for (const [name, values] of Object.entries(visit.wishes)) {
    const wishing = (changed: readonly string[]) => withVisit(from, { wishes: { ...visit.wishes, [name]: changed } });
    yield withVisit(from, { wishes: without(visit.wishes, name) });
    for (const [index, value] of values.entries()) {
      if (values.length > 1) yield wishing(values.filter((_, other) => other !== index));
      for (const shorter of shorterTexts(value)) yield wishing(values.with(index, shorter));
    }
  }
}

function* smaller(from: ParityCase): Generator<ParityCase> {
  for (const [name, value] of Object.entries(PLAIN_REALM)) {
    if (from.world[name as keyof World] !== value) yield withWorld(from, { [name]: value });
  }
  yield* smallerProfiles(from);
  yield* smallerVisits(from);
}

/**
 * Makes a case that fails as small as it goes: leaves out one thing after the other, and keeps what still fails.
 * @param failing a case that fails
 * @param stillFails runs a case; one that can't be run has not failed
 * @param tries how many cases may be run for it
 */
export async function shrink(
  failing: ParityCase,
  stillFails: (candidate: ParityCase) => Promise<boolean>,
  tries = 300,
): Promise<ParityCase> {
  let current = failing;
  let left = tries;
  for (let found = true; found && left > 0; ) {
    found = false;
    for (const candidate of smaller(current)) {
      if (left-- <= 0) break;
      if (JSON.stringify(candidate) !== JSON.stringify(current) && (await stillFails(candidate))) {
        current = candidate;
        found = true;
        break;
      }
    }
  }
  return current;
}
