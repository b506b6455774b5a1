import busboy from 'busboy';

/**
 * The door of server actions. Next decodes what is posted to one before any code of ours runs (`decodeReply`,
 * `decodeAction`), and answers whatever it can't decode with 500 and a stack trace in the log, which may quote what was
 * typed. So a post is first held against what the portal's own pages send: plain data and one form, no more. React's other
 * references (functions, promises, streams, paths into objects) never get to its decoder (OWASP Deserialization cheat
 * sheet; ASVS 1.5).
 */

/** More than any sign-up form holds, in bytes; `serverActions.bodySizeLimit` in `next.config.mjs` says the same. */
export const LONGEST_POST = 262_144;

/** Deeper, or of more pieces, than any state of a form. */
const DEEPEST = 32;
const MOST_PIECES = 20_000;

/** More than an action takes; Next fails at a thousand. */
const MOST_ARGUMENTS = 16;

/** As browsers write it (RFC 7578, 4.1): with a second boundary, or another parameter, two readers may read two forms. */
const FORM_TYPE = /^multipart\/form-data; ?boundary=(?:"[\w'()+,./:=? -]{1,70}"|[\w'()+./:=?-]{1,70})$/i;

/** Why a post is turned away: the status that says so. */
export type Refusal = 400 | 403 | 413;

/** A part of a request that is looked at: one of Next's, or any other. */
export type PostedRequest = Pick<Request, 'headers' | 'arrayBuffer'>;

/**
 * Judges a post to a page.
 * @param request its body is read where it may be for a server action
 * @returns undefined where Next may see to it
 */
export async function judgePost(request: PostedRequest): Promise<Refusal | undefined> {
  const { headers } = request;
  if (isForeign(headers)) return 403;
  const type = headers.get('content-type') ?? '';
  const isCalled = headers.has('next-action');
  const isForm = type.startsWith('multipart/form-data');
  // Next takes these for no server action at all.
  if (!isForm && (!isCalled || type === 'application/x-www-form-urlencoded')) return undefined;
  if (Number(headers.get('content-length') ?? 0) > LONGEST_POST) return 413;
  const body = await request.arrayBuffer().catch(() => undefined);
  if (body === undefined) return 400;
  if (body.byteLength > LONGEST_POST) return 413;
  if (!isForm) return isArguments(new TextDecoder().decode(body)) ? undefined : 400;
  if (isCalled) return (await formOfCall(body, type)) === undefined ? 400 : undefined;
  if (!FORM_TYPE.test(type)) return 400;
  const form = await readForm(body, type);
  return form !== undefined && isFormOfPage(form) ? undefined : 400;
}

/**
 * Takes a script's call of a server action apart, with the reader that Next has for it: another one may see other entries in
 * the same bytes.
 * @param body no longer than {@link LONGEST_POST}
 * @param type its `Content-Type`
 * @returns undefined for anything that our pages don't send
 */
export async function formOfCall(body: ArrayBuffer | Buffer, type: string): Promise<FormData | undefined> {
  if (!FORM_TYPE.test(type)) return undefined;
  const form = await readCall(body, type);
  return form !== undefined && isCall(form) ? form : undefined;
}

function readForm(body: ArrayBuffer, type: string): Promise<FormData | undefined> {
  return new Response(body, { headers: { 'content-type': type } }).formData().catch(() => undefined);
}

/** @returns undefined for what can't be read to the end, which Next would answer with 500 */
function readCall(body: ArrayBuffer | Buffer, type: string): Promise<FormData | undefined> {
  return new Promise((resolve) => {
    const form = new FormData();
    const reader = busboy({ headers: { 'content-type': type }, defParamCharset: 'utf8' });
    reader.on('field', (name, value) => form.append(name, value));
    reader.on('file', (name, file) => {
      form.append(name, new Blob());
      // A body that ends within a file is told here, too, and would be nobody's error otherwise.
      file.on('error', () => resolve(undefined)).resume();
    });
    reader.on('error', () => resolve(undefined));
    reader.on('close', () => resolve(form));
    reader.end(Buffer.isBuffer(body) ? body : Buffer.from(body));
  });
}

/** Next's own rule about origins (`action-handler.js`), which answers what breaks it with 500. */
export function isForeign(headers: Headers): boolean {
  const origin = headers.get('origin');
  if (origin === null) return false;
  const host = headers.get('x-forwarded-host')?.split(',')[0]?.trim() || headers.get('host');
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/** A script's call: the arguments, and the entries of the form that they refer to, under its number. */
function isCall(form: FormData): boolean {
  const names = [...form.keys()];
  return (
    form.getAll('0').length === 1 &&
    names.every((name) => name === '0' || /^_\d{1,4}_/.test(name)) &&
    isArguments(form.get('0'))
  );
}

/** A form that was posted without scripts: React's hidden entries say which action it is for (`decodeAction`). */
function isFormOfPage(form: FormData): boolean {
  const names = [...form.keys()].filter((name) => name.startsWith('$ACTION_'));
  return new Set(names).size === names.length && names.every((name) => isEntryOfReact(form, name));
}

function isEntryOfReact(form: FormData, name: string): boolean {
  const row = /^\$ACTION_(\d{1,3}):([01])$/.exec(name);
  if (row?.[2] === '0') return isReference(form, name, `$ACTION_${row[1]}:1`);
  if (row?.[2] === '1') return isArguments(form.get(name), '1');
  const bound = /^\$ACTION_REF_(\d{1,3})$/.exec(name);
  if (bound !== null) return form.has(`$ACTION_${bound[1]}:0`);
  return /^\$ACTION_(KEY|ID_.*)$/.test(name);
}

/** An action with arguments that the page has given it: its id, and that those stand in the next row. */
function isReference(form: FormData, name: string, next: string): boolean {
  const said = parsed(form.get(name));
  if (typeof said !== 'object' || said === null || !('id' in said) || typeof said.id !== 'string') return false;
  const bound = 'bound' in said ? said.bound : null;
  return Object.keys(said).length <= 2 && (bound === null || (bound === '$@1' && form.has(next)));
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Whether a text is a list of arguments as our pages write one (React's `encodeReply`): plain data, forms, and one argument
 * that is the same as an earlier one.
 * @param row the row that the list stands in, as references name it
 */
function isArguments(text: unknown, row = '0'): boolean {
  const list = parsed(text);
  if (!Array.isArray(list) || list.length > MOST_ARGUMENTS) return false;
  let pieces = 0;
  const isPlain = (value: unknown, depth: number): boolean => {
    pieces += 1;
    if (depth > DEEPEST || pieces > MOST_PIECES) return false;
    if (typeof value === 'string') return !value.startsWith('$') || /^\$(\$|undefined$)/.test(value);
    if (typeof value !== 'object' || value === null) return true;
    // React takes an object of this name for a prototype's.
    return !Object.hasOwn(value, '__proto__') && Object.values(value).every((one) => isPlain(one, depth + 1));
  };
  return list.every((value, index) => {
    if (typeof value !== 'string') return isPlain(value, 0);
    const earlier = /^\$([0-9a-f]+):(\d{1,3})$/.exec(value);
    if (earlier !== null) {
      const meant: unknown = list[Number(earlier[2])];
      return earlier[1] === row && Number(earlier[2]) < index && typeof meant === 'object';
    }
    return /^\$K[0-9a-f]{1,4}$/.test(value) || isPlain(value, 0);
  });
}
