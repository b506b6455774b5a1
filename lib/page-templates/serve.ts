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
import { log, reason } from '@/lib/telemetry/log';
import { Bounded } from './bounded';
import { formPage } from './form-page';
import { freshNonce, isForTemplate, nonceMark } from './marks';
import { remembersLocale, type SharedPage } from './shared-page';
import { makeTemplate, type Template } from './template';
import { waitingPage } from './waiting-page';

/** What all templates of a sort may take, in bytes: some hundred pages. */
const ROOM = 16 * 1024 * 1024;

/** After a page of which no template could be made Next alone answers for so long (milliseconds). */
const HOLD_BACK_MS = 2_000;

/** What is remembered of pages that were asked for once, by their keys. */
const MOST_ASKED = 10_000;

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
  /** Apart, so that pages of which there are many never push those out that everybody comes by. */
  readonly #madeOfRare = new Bounded<Made>(ROOM, sizeOf);
  readonly #asked = new Bounded<true>(MOST_ASKED, () => 1);
  readonly #making = new Map<string, Promise<Template | undefined>>();
  readonly #fingerprint = fingerprints();

  /** @returns what the page's template is kept under; another as soon as anything has changed that it is made of */
  async keyOf({ key, locale }: SharedPage, snapshot: RealmSnapshot): Promise<string> {
    const madeOf = [portalConfig(), snapshot, await realmTexts(locale)].map(this.#fingerprint);
    return [...madeOf, key].join(' ');
  }

  /**
   * @param isRare whether the page is likely to be asked for but once: it has a template from the second time on
   * @param make renders the page; called once, however many wait for it
   * @returns undefined where there is none to be had
   */
  async get(key: string, isRare: boolean, make: () => Promise<Template | undefined>): Promise<Template | undefined> {
    const all = isRare ? this.#madeOfRare : this.#made;
    const made = all.get(key);
    if (made !== undefined && made.until > Date.now()) return made.template;
    if (isRare && this.#asked.get(key) === undefined) {
      this.#asked.set(key, true);
      return undefined;
    }
    const making = this.#making.get(key) ?? this.#make(key, all, make);
    this.#making.set(key, making);
    return making;
  }

  async #make(
    key: string,
    all: Bounded<Made>,
    make: () => Promise<Template | undefined>,
  ): Promise<Template | undefined> {
    const template = await make().catch((error: unknown) => {
      log('warn', 'page-template.failed', { reason: reason(error) });
      return undefined;
    });
    const until = template === undefined ? Date.now() + HOLD_BACK_MS : Number.POSITIVE_INFINITY;
    all.set(key, { template, until });
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
  const own = Object.entries({ ...(await page.own()), nonce });
  const isPacked = takesEncoding('gzip', request.headers['accept-encoding']);
  const mould = isPacked ? template.gzip : template.plain;
  const body = mould.fill(Object.fromEntries(own.map(([name, value]) => [name, Buffer.from(value)])));
  const headers = headersFor(template, nonce, page, request.headers);
  if (isPacked) headers.push('content-encoding', 'gzip');
  headers.push('content-length', String(body.length));
  response.writeHead(200, headers);
  // Node leaves the body of an answer to HEAD out by itself.
  response.end(body);
  page.onSent?.();
}

/**
 * Answers for pages that many visitors share in Next's place: with what Next has rendered once for nobody, into which each
 * visitor's own nonce, form token and the like are written. Whatever else is asked for is Next's. To be called once, when the
 * server starts.
 */
export function serveFromTemplates(): void {
  const templates = new Templates();
  answerFirst((exchange) => {
    const { request, server } = exchange;
    const isOurOwn = isForTemplate({ get: (name) => String(request.headers[name] ?? '') });
    const place = server.address();
    if (isOurOwn || place === null || typeof place === 'string') return false;
    const page = formPage(request) ?? waitingPage(request);
    return page !== undefined && answer(exchange, page, place, templates);
  });
}

async function answer(
  exchange: Exchange,
  asked: SharedPage | Promise<SharedPage | undefined>,
  place: AddressInfo,
  templates: Templates,
) {
  const [page, snapshot] = [await asked, await realmSnapshot()];
  if (page === undefined || snapshot === undefined || !page.isForAll(snapshot)) return false;
  const key = await templates.keyOf(page, snapshot);
  const make = async () => {
    const template = await makeTemplate(place, await page.forNobody());
    // What it is made of may have changed meanwhile.
    const after = await realmSnapshot();
    const isStill = after !== undefined && (await templates.keyOf(page, after)) === key;
    return isStill ? template : undefined;
  };
  const template = await templates.get(key, page.isRare, make);
  if (template === undefined) return false;
  await send(exchange, page, template);
  return true;
}
