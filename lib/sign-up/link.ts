import 'server-only';
import { realmSnapshot } from '@/lib/keycloak/snapshot';
import { signUpForm } from './form';
import { PREFILL, prefillParameter, valuesFromRequest } from './prefill';
import { REQUEST_PARAMETERS, readSignUpRequest } from './request';

/** The parameters of a link that stay in the address; all others say something about the visitor. */
const PLAIN: readonly string[] = [...REQUEST_PARAMETERS, PREFILL, 'ui_locales'];

/**
 * Takes what a link says about the visitor out of the address.
 * @param query of a link to the sign-up page
 * @param own further parameters that the page itself sets
 * @returns the query to use instead, with those values sealed; undefined where there is nothing to take out
 */
export async function cleanLink(query: URLSearchParams, own: readonly string[]): Promise<URLSearchParams | undefined> {
  const isPlain = (name: string) => PLAIN.includes(name) || own.includes(name);
  const about = [...query].filter(([name]) => !isPlain(name));
  if (about.length === 0) return undefined;
  const clean = new URLSearchParams([...query].filter(([name]) => isPlain(name)));
  const snapshot = await realmSnapshot();
  if (snapshot === undefined) return clean;
  const request = await readSignUpRequest((name) => query.getAll(name).length === 1 && query.get(name));
  const { model } = signUpForm(snapshot, request);
  for (const [name, value] of Object.entries(await prefillParameter(valuesFromRequest(model, about))))
    clean.set(name, value);
  return clean;
}
