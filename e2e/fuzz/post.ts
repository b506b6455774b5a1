/** One entry of a posted form. */
export interface Part {
  name: string;
  /** Text as a browser holds it: a lone surrogate is sent as the bytes that it would have in UTF-8. */
  value: string;
  /** Present where a file is sent in place of a text. */
  file?: { readonly filename: string; readonly type: string };
}

/** What is known of a request before anything about it is changed. `args` are those of a server action called by script. */
export type Content =
  | { kind: 'none' }
  | { kind: 'multipart'; parts: Part[]; boundary: string }
  | { kind: 'urlencoded'; parts: Part[] }
  | { kind: 'action'; args: unknown; parts: Part[]; boundary: string }
  | { kind: 'text'; text: string; type: string };

/** A request that is being made up; mutations change it in place. */
export interface Draft {
  method: string;
  /** Path and query. */
  path: string;
  /** Lower-case names; a header with an empty list is left out. */
  headers: Record<string, string | string[]>;
  content: Content;
}

/** A request as it goes over the wire. */
export interface Wire {
  method: string;
  path: string;
  headers: Record<string, string | string[]>;
  body: Buffer;
  /** Bytes of the body after which the connection is cut; undefined where it is not. */
  cutAfter?: number;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** UTF-8 that also says lone surrogates, as a forged post can. */
export function bytesOf(text: string): Buffer {
  if (!LONE_SURROGATE.test(text)) return Buffer.from(text, 'utf8');
  const pieces = [...text].map((character) => {
    const code = character.codePointAt(0) ?? 0;
    const isLone = character.length === 1 && code >= 0xd800 && code <= 0xdfff;
    return isLone
      ? Buffer.from([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)])
      : Buffer.from(character, 'utf8');
  });
  return Buffer.concat(pieces);
}

/** What a server reads of a text that was sent so. */
export function asReceived(text: string): string {
  return bytesOf(text).toString('utf8');
}

/** A name in a multipart header, escaped as HTML has it ("multipart/form-data encoding algorithm"). */
const quoted = (name: string) => name.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22');

function multipart(parts: readonly Part[], boundary: string): Buffer {
  const pieces = parts.flatMap(({ name, value, file }) => {
    const disposition = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`;
    const head = file
      ? `${disposition}; filename="${quoted(file.filename)}"\r\nContent-Type: ${file.type}`
      : disposition;
    return [bytesOf(`${head}\r\n\r\n`), bytesOf(value), Buffer.from('\r\n')];
  });
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

function urlencoded(parts: readonly Part[]): Buffer {
  const escaped = (text: string) => [...bytesOf(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  return Buffer.from(parts.map(({ name, value }) => `${escaped(name)}=${escaped(value)}`).join('&'));
}

/** JSON of any depth: `JSON.stringify` itself gives up where a request may not. */
function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  }
}

/** Writes a request down as bytes. */
export function encode({ method, path, headers, content }: Draft): Wire {
  const made = (body: Buffer, type?: string): Wire => {
    const all = { ...(type === undefined ? {} : { 'content-type': type }), ...headers };
    const sent = Object.entries(all).filter(([, value]) => !Array.isArray(value) || value.length > 0);
    return { method, path, headers: Object.fromEntries(sent), body };
  };
  switch (content.kind) {
    case 'none':
      return made(Buffer.alloc(0));
    case 'multipart':
      return made(multipart(content.parts, content.boundary), `multipart/form-data; boundary=${content.boundary}`);
    case 'urlencoded':
      return made(urlencoded(content.parts), 'application/x-www-form-urlencoded');
    case 'text':
      return made(bytesOf(content.text), content.type);
    case 'action': {
      // As React's `encodeReply` writes it: the arguments last, a form's entries under the number of its reference.
      const parts = [...content.parts, { name: '0', value: json(content.args) }];
      return made(multipart(parts, content.boundary), `multipart/form-data; boundary=${content.boundary}`);
    }
  }
}
