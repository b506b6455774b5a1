import 'server-only';
import { request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { env } from '@/lib/env';
import { formTokenMark, nonceMark, stateMark, TEMPLATE_HEADER, templateTicket } from './marks';
import { cut, gzipMould, type Mould, plainMould } from './pieces';
import { withSheets } from './sheets';

/** What each visitor has of their own. */
export type Own = 'nonce' | 'formToken' | 'state';

/** A page that only waits for what is its visitor's own. */
export interface Template {
  /** Names and values in turn, as the page was answered with; the nonce's mark stands in them. */
  readonly headers: readonly string[];
  readonly plain: Mould<Own>;
  readonly gzip: Mould<Own>;
}

/** Of this connection, of this body, or a visitor's; whoever sends the page says them anew. */
const NOT_KEPT: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'keep-alive',
  'set-cookie',
  'transfer-encoding',
]);

/** Longer than any page takes (milliseconds). */
const PATIENCE_MS = 10_000;

/** Where the server that a request came to is reached from this machine. */
function own({ address, port, family }: AddressInfo): { host: string; port: number } {
  const isEveryone = address === '::' || address === '0.0.0.0';
  const loopback = family === 'IPv6' ? '::1' : '127.0.0.1';
  return { host: isEveryone ? loopback : address, port };
}

interface Answer {
  readonly status: number;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

function askOurselves(server: AddressInfo, path: string): Promise<Answer> {
  // Nothing of any visitor's: no cookie, no address, no language of a browser.
  const headers = { host: new URL(env().PORTAL_URL).host, [TEMPLATE_HEADER]: templateTicket() };
  return new Promise((resolve, reject) => {
    const asked = ask({ ...own(server), path, headers, agent: false, timeout: PATIENCE_MS }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        resolve({ status: answer.statusCode ?? 0, rawHeaders: answer.rawHeaders, body });
      });
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('error', reject);
    asked.end();
  });
}

/** Names and values in turn, without those that are not kept. */
function kept(rawHeaders: readonly string[]): string[] {
  const headers: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    if (!NOT_KEPT.has(name.toLowerCase())) headers.push(name, value);
  }
  return headers;
}

/**
 * Has Next render a page for nobody, with marks in it where each visitor has something of their own. It is asked over the
 * network, as visitors do, but with nothing of theirs: so nothing of theirs can be in it.
 * @param server where this process listens
 * @param path of the page, with its query
 * @param lengths of the form's token, and of the state, where one came with the link
 * @returns undefined for anything but a page with all marks in it
 */
export async function makeTemplate(
  server: AddressInfo,
  path: string,
  lengths: { readonly formToken: number; readonly state: number | undefined },
): Promise<Template | undefined> {
  const state = lengths.state === undefined ? {} : { state: stateMark(lengths.state) };
  const marks = { nonce: nonceMark(), formToken: formTokenMark(lengths.formToken), ...state };
  const query = `${path.includes('?') ? '&' : '?'}${new URLSearchParams(state)}`;
  const answer = await askOurselves(server, lengths.state === undefined ? path : `${path}${query}`);
  const isWhole = answer.status === 200 && Object.values(marks).every((mark) => answer.body.includes(mark));
  if (!isWhole) return undefined;
  const page = await withSheets(answer.body, async (sheet) => {
    const { status, body } = await askOurselves(server, sheet);
    return status === 200 ? body : undefined;
  });
  const pieces = cut<Own>(page, marks);
  return { headers: kept(answer.rawHeaders), plain: plainMould(pieces), gzip: gzipMould(pieces) };
}
