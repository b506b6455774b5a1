import 'server-only';
import { request as ask, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { env } from '@/lib/env';
import { nonceMark, TEMPLATE_HEADER, templateTicket } from './marks';
import { cut, gzipMould, type Mould, type Pieces, plainMould } from './pieces';
import type { ForNobody, Own } from './shared-page';
import { withSheets } from './sheets';

/** What is written into a page. */
type Gap = Own | 'nonce';

/** A page that only waits for what is its visitor's own. */
export interface Template {
  /** Names and values in turn, as the page was answered with; the nonce's mark stands in them. */
  readonly headers: readonly string[];
  readonly plain: Mould<Gap>;
  readonly gzip: Mould<Gap>;
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

function askOurselves(server: AddressInfo, path: string, more: OutgoingHttpHeaders = {}): Promise<Answer> {
  // Nothing of any visitor's: no cookie, no address, no language of a browser.
  const headers = { ...more, host: new URL(env().PORTAL_URL).host, [TEMPLATE_HEADER]: templateTicket() };
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

/** Long enough to be nothing but a mark's. */
const PART_OF_MARK = 6;

/**
 * Whether what was cut has nothing of a mark in it: React hands its text on in pieces, and might have parted one. An end that
 * is too short to be told stands beside a part that isn't.
 */
function isClean(pieces: Pieces<Gap>, marks: readonly string[]): boolean {
  const parts = marks.flatMap((mark) => [mark.slice(0, PART_OF_MARK), mark.slice(PART_OF_MARK, 2 * PART_OF_MARK)]);
  const telling = parts.filter((part) => part.length === PART_OF_MARK);
  return pieces.every((piece) => !Buffer.isBuffer(piece) || telling.every((part) => !piece.includes(part)));
}

/**
 * Has Next render a page for nobody, with marks in it where each visitor has something of their own. It is asked over the
 * network, as visitors do, but with nothing of theirs: so nothing of theirs can be in it.
 * @param server where this process listens
 * @param page how it is asked for
 * @returns undefined for anything but a page with all marks in it
 */
export async function makeTemplate(server: AddressInfo, page: ForNobody): Promise<Template | undefined> {
  const marks = { ...page.marks, nonce: nonceMark() };
  const answer = await askOurselves(server, page.path, page.headers);
  const isWhole = answer.status === 200 && Object.values(marks).every((mark) => answer.body.includes(mark));
  if (!isWhole) return undefined;
  const html = await withSheets(answer.body, async (sheet) => {
    const { status, body } = await askOurselves(server, sheet);
    return status === 200 ? body : undefined;
  });
  const pieces = cut<Gap>(html, marks);
  if (!isClean(pieces, Object.values(marks))) return undefined;
  return { headers: kept(answer.rawHeaders), plain: plainMould(pieces), gzip: gzipMould(pieces) };
}
