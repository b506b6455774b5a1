import 'server-only';
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { takesEncoding } from '@/lib/accepted-encoding';
import { portalConfig } from '@/lib/brand/config';
import { cookieHeader } from '@/lib/cookies';
import { answerFirst, type Exchange } from '@/lib/http-server';
import { LOCALE_COOKIE, LOCALE_LIFETIME } from '@/lib/i18n/routing';
import { type RealmSnapshot, realmSnapshot } from '@/lib/keycloak/snapshot';
import { realmTexts } from '@/lib/keycloak/texts';
import { issueFormToken } from '@/lib/sign-up/form-token';
import { countServed } from '@/lib/telemetry/funnel';
import { log, reason } from '@/lib/telemetry/log';
import { Bounded } from './bounded';
import { freshNonce, isForTemplate, nonceMark } from './marks';
import { isForAll, remembersLocale, type SharedPage, sharedPage } from './shared-page';
import { makeTemplate, type Template } from './template';

/** What all templates may take, in bytes: some hundred pages. */
const ROOM = 16 * 1024 * 1024;

/** After a page of which no template could be made Next alone answers for so long (milliseconds). */
const HOLD_BACK_MS = 2_000;

/** What becomes of a page: a template, or none, and then until when. */
interface Made {
  readonly template: Template | undefined;
  readonly until: number;
}

const sizeOf = ({ template }: Made) => (template === undefined ? 100 : template.plain.length + template.gzip.length);

/** A name for what something says: the same for two that say the same. Worked out once for each. */
function fingerprints(): (thing: object) => string {
  const known = new WeakMap<object, string>();
  const inFull = (_key: string, value: unknown) => (value instanceof Map ? [...value] : value);
  return (thing) => {
    const before = known.get(thing);
    if (before !== undefined) return before;
    const print = createHash('sha256').update(JSON.stringify(thing, inFull)).digest('base64url');
    known.set(thing, print);
    return print;
  };
}

/** Templates by all that they are made of: the address, and the realm, its texts and the configuration as they are. */
class Templates {
  readonly #made = new Bounded<Made>(ROOM, sizeOf);
  readonly #making = new Map<string, Promise<Template | undefined>>();
  readonly #fingerprint = fingerprints();

  /** @returns what the page's template is kept under; another as soon as anything has changed that it is made of */
  async keyOf({ path, locale, state }: SharedPage, snapshot: RealmSnapshot): Promise<string> {
    const madeOf = [portalConfig(), snapshot, await realmTexts(locale)].map(this.#fingerprint);
    return [...madeOf, state?.length ?? 0, path].join(' ');
  }

  /**
   * @param make renders the page; called once, however many wait for it
   * @returns undefined where there is none to be had
   */
  async get(key: string, make: () => Promise<Template | undefined>): Promise<Template | undefined> {
    const made = this.#made.get(key);
    if (made !== undefined && made.until > Date.now()) return made.template;
    const making = this.#making.get(key) ?? this.#make(key, make);
    this.#making.set(key, making);
    return making;
  }

  async #make(key: string, make: () => Promise<Template | undefined>): Promise<Template | undefined> {
    const template = await make().catch((error: unknown) => {
      log('warn', 'page-template.failed', { reason: reason(error) });
      return undefined;
    });
    const until = template === undefined ? Date.now() + HOLD_BACK_MS : Number.POSITIVE_INFINITY;
    this.#made.set(key, { template, until });
    this.#making.delete(key);
    return template;
  }
}

/** The headers of one visitor's page. */
function headersFor(template: Template, nonce: string, page: SharedPage, asked: IncomingHttpHeaders): string[] {
  const headers = template.headers.map((text) => text.replaceAll(nonceMark(), nonce));
  if (remembersLocale(page.locale, asked)) {
    headers.push('set-cookie', cookieHeader(LOCALE_COOKIE, page.locale, LOCALE_LIFETIME));
  }
  return headers;
}

async function send({ request, response }: Exchange, page: SharedPage, template: Template): Promise<void> {
  const nonce = freshNonce();
  const formToken = await issueFormToken(page.place, { clientId: page.clientId });
  countServed(page.clientId);
  const isPacked = takesEncoding('gzip', request.headers['accept-encoding']);
  const mould = isPacked ? template.gzip : template.plain;
  const body = mould.fill({
    nonce: Buffer.from(nonce),
    formToken: Buffer.from(formToken),
    state: Buffer.from(page.state ?? ''),
  });
  const headers = headersFor(template, nonce, page, request.headers);
  if (isPacked) headers.push('content-encoding', 'gzip');
  headers.push('content-length', String(body.length));
  response.writeHead(200, headers);
  // Node leaves the body of an answer to HEAD out by itself.
  response.end(body);
}

/**
 * Answers for the sign-up page in Next's place: with what Next has rendered once for nobody, into which each visitor's own
 * nonce and form token are written. Whatever else is asked for is Next's. To be called once, when the server starts.
 */
export function serveFromTemplates(): void {
  const templates = new Templates();
  answerFirst((exchange) => {
    const { request, server } = exchange;
    const page = sharedPage(request);
    const isOurOwn = isForTemplate({ get: (name) => String(request.headers[name] ?? '') });
    const place = server.address();
    if (page === undefined || isOurOwn || place === null || typeof place === 'string') return false;
    return answer(exchange, page, place, templates);
  });
}

async function answer(exchange: Exchange, page: SharedPage, place: AddressInfo, templates: Templates) {
  const snapshot = await realmSnapshot();
  if (snapshot === undefined || !isForAll(page, snapshot)) return false;
  const key = await templates.keyOf(page, snapshot);
  const make = async () => {
    const { length } = await issueFormToken(page.place, { clientId: page.clientId });
    const template = await makeTemplate(place, page.path, { formToken: length, state: page.state?.length });
    // What it is made of may have changed meanwhile.
    const after = await realmSnapshot();
    const isStill = after !== undefined && (await templates.keyOf(page, after)) === key;
    return isStill ? template : undefined;
  };
  const template = await templates.get(key, make);
  if (template === undefined) return false;
  await send(exchange, page, template);
  return true;
}
