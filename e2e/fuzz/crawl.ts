import { actionIds, type FormControl, readForms } from './forms';
import type { Draft, Part } from './post';
import { listRoutes, OTHER_PATHS, pathsOf } from './routes';
import { type Jar, VISITORS, type VisitorKind } from './visitors';

/** Something of the portal that takes a request, with how a harmless one looks. */
export interface Target {
  /** For reports: what it is, and where. */
  readonly name: string;
  readonly visitor: VisitorKind;
  readonly method: string;
  readonly path: string;
  /** `form`: posted without scripts; `action`: called by one; `route`: a route handler; `page`: only looked at. */
  readonly how: 'form' | 'action' | 'route' | 'page';
  readonly controls: readonly FormControl[];
  /** Of a server action, as Next names it. */
  readonly actionId?: string;
  /** Its arguments before the form. */
  readonly bound: readonly unknown[];
}

/** Pages are looked at as each client's. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  '/en/sign-up': ['', '?client_id=shop&scope=openid%20loyalty', '?client_id=developers'],
  '/en/embed/sign-up': ['', '?client_id=developers'],
};

/** Names that route handlers may read; a browser's form has none for them. */
const PARAMETERS = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'prompt',
  'authorization',
  'request',
  'request_uri',
  'response_mode',
  'login_hint',
  'ui_locales',
  'kc_locale',
  'locale',
  'pending',
  'prefill',
  'error',
  'code',
  'csrfToken',
  'callbackUrl',
  'apply',
  'ready',
  'email',
  'username',
  'firstName',
  'renewed',
  'changed',
  'lang',
  'dir',
  'url',
  'json',
];
const USUAL: Readonly<Record<string, string>> = {
  client_id: 'shop',
  response_type: 'code',
  scope: 'openid',
  prompt: 'create',
  locale: 'en',
  redirect_uri: 'http://localhost:9/arrive',
};

/** The query of a harmless request. */
export function usualParts(): Part[] {
  return Object.entries(USUAL).map(([name, value]) => ({ name, value }));
}

/** @returns a name that somebody may read */
export function parameterNames(): readonly string[] {
  return PARAMETERS;
}

/** The server action that a form posts to, in React's own fields (`decodeAction`). */
function actionOf(controls: readonly FormControl[]): Pick<Target, 'actionId' | 'bound'> | undefined {
  for (const { name, value } of controls) {
    const id = /^\$ACTION_ID_([0-9a-f]+)$/.exec(name)?.[1];
    if (id !== undefined) return { actionId: id, bound: [] };
    if (!/^\$ACTION_\d+:0$/.test(name)) continue;
    const { id: actionId } = JSON.parse(value) as { id: string };
    const first = controls.find((other) => other.name === name.replace(/0$/, '1'));
    // An argument that is the same as an earlier one is said so, by the row that they stand in; a script's is row 0.
    const bound = first === undefined ? [] : (JSON.parse(first.value) as unknown[]);
    return { actionId, bound: bound.map((one) => (typeof one === 'string' ? one.replace(/^\$1:/, '$0:') : one)) };
  }
  return undefined;
}

const NO_CONTROLS = { controls: [], bound: [] };

async function targetsOfPage(origin: string, visitor: VisitorKind, cookie: string, path: string): Promise<Target[]> {
  const response = await fetch(`${origin}${path}`, { headers: { cookie }, redirect: 'manual' });
  const html = await response.text();
  const seen = new Set<string>();
  const found: Target[] = [{ name: `page ${path}`, visitor, method: 'GET', path, how: 'page', ...NO_CONTROLS }];
  for (const { method, action, controls } of readForms(html)) {
    const where = action === '' ? path : new URL(action, `${origin}${path}`).pathname;
    const called = actionOf(controls);
    const name = `form ${where} ${called?.actionId?.slice(0, 6) ?? ''}`.trim();
    found.push({
      name,
      visitor,
      method: method.toUpperCase(),
      path: where,
      how: 'form',
      controls,
      bound: [],
      ...called,
    });
    if (called?.actionId === undefined) continue;
    seen.add(called.actionId);
    const own = controls.filter((control) => !control.name.startsWith('$ACTION_'));
    found.push({
      name: name.replace('form', 'action'),
      visitor,
      method: 'POST',
      path,
      how: 'action',
      controls: own,
      ...called,
    });
  }
  // What a script of the page calls, and no form of it shows yet.
  for (const actionId of actionIds(html).filter((id) => !seen.has(id)))
    found.push({
      name: `action ${path} ${actionId.slice(0, 6)}`,
      visitor,
      method: 'POST',
      path,
      how: 'action',
      controls: [],
      actionId,
      bound: [{}],
    });
  return found;
}

/**
 * Finds everything that takes a request, as a browser does: by opening every page as every kind of visitor, and reading its
 * forms and its scripts' actions; and all route handlers.
 * @returns the targets, each once, in an order that the portal's build decides
 */
export async function findTargets(origin: string, realm: string, jar: Jar): Promise<Target[]> {
  const targets: Target[] = [];
  for (const visitor of VISITORS) {
    for (const route of listRoutes()) {
      for (const path of pathsOf(route, realm)) {
        if (!route.isPage) {
          for (const method of ['GET', 'POST'])
            targets.push({ name: `route ${method} ${path}`, visitor, method, path, how: 'route', ...NO_CONTROLS });
          continue;
        }
        for (const query of QUERIES[path] ?? [''])
          targets.push(...(await targetsOfPage(origin, visitor, jar.cookies[visitor], `${path}${query}`)));
      }
    }
  }
  for (const path of OTHER_PATHS)
    targets.push({ name: `other ${path}`, visitor: 'nobody', method: 'GET', path, how: 'route', ...NO_CONTROLS });
  const known = new Set<string>();
  return targets.filter((target) => {
    const { how, visitor, method, path, actionId } = target;
    const form = target.controls.map(({ name }) => name).join();
    const key = JSON.stringify([how, how === 'page' || how === 'route' ? visitor : '', method, path, actionId, form]);
    return !known.has(key) && known.add(key) !== undefined;
  });
}

/** A request to a target that nobody has tampered with yet. */
export function untouched(target: Target, parts: Part[], boundary: string): Draft {
  const { method, path, how, actionId = '', bound } = target;
  const headers: Draft['headers'] = {};
  switch (how) {
    case 'page':
      return { method, path, headers, content: { kind: 'none' } };
    case 'form':
      return { method, path, headers, content: { kind: 'multipart', parts, boundary } };
    case 'action': {
      // A script posts a form as React's `$K` reference: its entries carry the number of the reference.
      const entries = parts.map((part) => ({ ...part, name: `_1_${part.name}` }));
      const called = { 'next-action': actionId, accept: 'text/x-component' };
      return {
        method,
        path,
        headers: called,
        content: { kind: 'action', args: [...bound, '$K1'], parts: entries, boundary },
      };
    }
    case 'route': {
      if (method === 'POST') return { method, path, headers, content: { kind: 'urlencoded', parts } };
      const query = new URLSearchParams(parts.map(({ name, value }) => [name, value]));
      return { method, path: `${path}${path.includes('?') ? '&' : '?'}${query}`, headers, content: { kind: 'none' } };
    }
  }
}
