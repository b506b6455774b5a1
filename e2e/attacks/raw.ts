import { request } from 'node:http';
import { fillIn } from '../parity/browser';
import { readPage } from '../parity/page';
import { portal } from '../stack';
import { noteTyped } from '../typed';
import { newAddress, newVisitor } from '../visitor';

/** A request just as it is to go over the wire: nothing is added, normalized or left out. */
interface Raw {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** Milliseconds. */
  readonly duration: number;
}

/**
 * Sends a request past everything that a browser, or `fetch`, would put right.
 * @param name of a portal
 * @param path as it is to stand in the request line
 */
export function raw(name: string, path: string, { method = 'GET', headers = {}, body }: Raw = {}): Promise<Answer> {
  const { hostname, port } = new URL(portal(name));
  const started = performance.now();
  return new Promise((resolve, reject) => {
    // What comes in pieces has no length.
    const hasLength = body !== undefined && headers['transfer-encoding'] === undefined;
    const length = hasLength ? { 'content-length': String(Buffer.byteLength(body)) } : {};
    const sent = request({
      hostname,
      port,
      path,
      method,
      headers: { ...length, ...headers } as Record<string, string>,
    });
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
          duration: performance.now() - started,
        }),
      );
    });
    // Whoever sends too much may be cut off in the middle: there is an answer all the same, or none.
    sent.on('error', (error: NodeJS.ErrnoException) =>
      ['EPIPE', 'ECONNRESET'].includes(error.code ?? '')
        ? resolve({ status: 0, headers: {}, body: '', duration: performance.now() - started })
        : reject(error),
    );
    sent.end(body);
  });
}

/** The cookies that an answer sets, as a browser would send them back. */
export function cookieOf({ headers }: Answer): string {
  return [headers['set-cookie'] ?? []]
    .flat()
    .map((one) => one.split(';')[0])
    .join('; ');
}

/** A sign-up form as the server drew it, to be posted by hand. */
export interface HandForm {
  readonly email: string;
  readonly answer: Answer;
}

/**
 * Posts the sign-up form as a browser without scripts does, with fields that no browser would add.
 * @param name of a portal without CAPTCHA and behind one proxy
 * @param values in place of what is asked of everyone
 * @param more fields on top, in their order
 * @param headers on top
 */
export async function postForm(
  name: string,
  values: Readonly<Record<string, string>>,
  more: readonly (readonly [string, string])[] = [],
  headers: Readonly<Record<string, string>> = {},
): Promise<HandForm> {
  const path = '/en/sign-up';
  const page = readPage(await (await fetch(`${portal(name)}${path}`)).text(), 'sign-up');
  const email = values.email ?? newAddress();
  const usual = { email, username: email.split('@')[0] ?? '', firstName: 'Ada', lastName: 'Harbour', country: 'DE' };
  const wishes = Object.entries({ ...usual, ...values });
  for (const [field, value] of wishes) noteTyped(field, value);
  const entries = [...fillIn(page.controls, Object.fromEntries(wishes.map(([key, one]) => [key, [one]]))), ...more];
  const form = new FormData();
  for (const [field, value] of entries) form.append(field, value);
  const encoded = new Response(form);
  const answer = await raw(name, path, {
    method: 'POST',
    headers: {
      host: new URL(portal(name)).host,
      origin: portal(name),
      'content-type': encoded.headers.get('content-type') ?? '',
      'x-forwarded-for': newVisitor(),
      ...headers,
    },
    body: Buffer.from(await encoded.arrayBuffer()),
  });
  return { email, answer };
}
