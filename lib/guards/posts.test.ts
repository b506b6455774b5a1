import { expect, test } from 'vitest';
import config from '../../next.config.mjs';
import { judgePost, LONGEST_POST } from './posts';

const ORIGIN = 'https://signup.example.com';
const CALLED = { 'next-action': 'f'.repeat(42) };
const STATE = { attempt: 0, values: { email: ['a@b'] }, errors: {} };

function post(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request(`${ORIGIN}/en/sign-up`, {
    method: 'POST',
    body,
    headers: { host: 'signup.example.com', origin: ORIGIN, ...headers },
  });
}

function form(entries: Readonly<Record<string, string>>): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(entries)) made.append(name, value);
  return made;
}

const call = (args: unknown, entries: Readonly<Record<string, string>> = {}) =>
  judgePost(post(form({ ...entries, '0': JSON.stringify(args) }), CALLED));

const REFERENCE = JSON.stringify({ id: 'f'.repeat(42), bound: '$@1' });

test('lets through what the pages send, with scripts and without', async () => {
  expect(await call([STATE, '$K1'], { _1_email: '$F1 is but a text here' })).toBeUndefined();
  expect(await call([STATE, '$0:0', '$K1'])).toBeUndefined();
  expect(await call([{ values: { note: ['$$5'] }, captcha: '$undefined' }, '$K1'])).toBeUndefined();
  const page = {
    $ACTION_REF_2: '',
    '$ACTION_2:0': REFERENCE,
    '$ACTION_2:1': JSON.stringify([STATE, '$1:0']),
    $ACTION_KEY: 'k1',
  };
  expect(await judgePost(post(form({ ...page, email: 'a@b' })))).toBeUndefined();
  expect(await judgePost(post(form({ $ACTION_ID_40: '', locale: 'en' })))).toBeUndefined();
});

test('lets through what React itself makes of a call', async () => {
  const { encodeReply } = (await import(
    // @ts-expect-error Next brings React's client without types.
    'next/dist/compiled/react-server-dom-turbopack/cjs/react-server-dom-turbopack-client.browser.production.js'
  )) as { encodeReply: (args: unknown) => Promise<BodyInit> };
  const body = await encodeReply([STATE, form({ email: 'a@b', $website_url: '', $ACTION_KEY: 'k1' })]);
  expect(await judgePost(post(body, CALLED))).toBeUndefined();
  expect(await judgePost(post(await encodeReply([STATE, STATE, form({ email: 'a@b' })]), CALLED))).toBeUndefined();
});

test('leaves alone what Next takes for no server action', async () => {
  expect(await judgePost(post('locale=en', { 'content-type': 'application/x-www-form-urlencoded' }))).toBeUndefined();
  expect(await judgePost(post('{"a":', { 'content-type': 'application/json' }))).toBeUndefined();
});

test.each([
  ['a function', '$F1'],
  ['a server reference', '$h1'],
  ['a promise', '$@1'],
  ['a path into an object', '$1:__proto__:constructor'],
  ['a later argument', '$0:2'],
  ['a stream', '$R1'],
  ['a big number', '$n12'],
])('turns away %s among the arguments', async (_, reference) => {
  expect(await call([STATE, reference, '$K1'])).toBe(400);
  expect(await call([{ deep: [reference] }, '$K1'])).toBe(400);
});

test('turns away arguments that no page has', async () => {
  expect(await call({ length: 1 })).toBe(400);
  expect(await call(Array.from({ length: 2_000 }, () => 1))).toBe(400);
  expect(await call([JSON.parse('{"__proto__":{}}')])).toBe(400);
  expect(await call([Array.from({ length: 30_000 }, () => 1)])).toBe(400);
  let deep: unknown = 1;
  for (let depth = 0; depth < 40; depth++) deep = [deep];
  expect(await call([deep])).toBe(400);
  expect(await call([STATE], { '1': '"$@0"' })).toBe(400);
  expect(await judgePost(post('[{"typed": here}]', { ...CALLED, 'content-type': 'text/plain' }))).toBe(400);
});

test('turns away a form whose hidden entries do not belong together', async () => {
  const refused = async (entries: Readonly<Record<string, string>>) =>
    expect(await judgePost(post(form(entries)))).toBe(400);
  await refused({ $ACTION_REF_1: '' });
  await refused({ $ACTION_REF_1: '', '$ACTION_1:0': REFERENCE });
  await refused({ $ACTION_REF_1: '', '$ACTION_1:0': '{', '$ACTION_1:1': '[]' });
  await refused({ '$ACTION_1:0': JSON.stringify({ id: { a: 1 }, bound: null }) });
  await refused({ '$ACTION_1:2': '[]' });
});

test('turns away a body that can’t be read, or is too long', async () => {
  const broken = { 'content-type': 'multipart/form-data; boundary=a' };
  expect(await judgePost(post('--a\r\nContent-Disposition: form-data; name="b"\r\n\r\nc', broken))).toBe(400);
  expect(await judgePost(post('x', { 'content-type': 'multipart/form-data' }))).toBe(400);
  expect(await judgePost(post(form({ a: 'a'.repeat(LONGEST_POST) })))).toBe(413);
  expect(await judgePost(post('x', { ...broken, 'content-length': String(LONGEST_POST + 1) }))).toBe(413);
});

test('turns away what another site posts, by Next’s own rule', async () => {
  const from = (origin: string, more = {}) => judgePost(post(form({ a: 'b' }), { origin, ...more }));
  expect(await from('https://evil.example')).toBe(403);
  expect(await from('null')).toBe(403);
  expect(await from('::')).toBe(403);
  expect(await from('https://front.example', { 'x-forwarded-host': 'front.example, inner' })).toBeUndefined();
});

test('has the limit that Next has', () => {
  expect(config.experimental?.serverActions?.bodySizeLimit).toBe(`${LONGEST_POST / 1024}kb`);
});

test.each([
  ['two boundaries', 'multipart/form-data; boundary=a; boundary='],
  ['a parameter that no browser sends', 'multipart/form-data; charset=utf-8; boundary=a'],
  ['none', 'multipart/form-data'],
  ['an empty one', 'multipart/form-data; boundary='],
])('turns away a form whose content type names %s: another reader may read another form', async (_what, type) => {
  const body = '--a\r\nContent-Disposition: form-data; name="0"\r\n\r\n[]\r\n--a--\r\n';
  expect(await judgePost(post(body, { ...CALLED, 'content-type': type }))).toBe(400);
  expect(await judgePost(post(body, { ...CALLED, 'content-type': 'multipart/form-data; boundary=a' }))).toBeUndefined();
});

test('takes a boundary as each browser and each client of ours writes it', async () => {
  for (const boundary of ['----WebKitFormBoundary7MA4YWxkTrZu0gW', '----geckoformboundary1f2e', '"a b"', 'X-INSOMNIA.'])
    expect(
      await judgePost(
        post(
          `--${boundary.replaceAll('"', '')}\r\nContent-Disposition: form-data; name="0"\r\n\r\n[]\r\n--${boundary.replaceAll('"', '')}--\r\n`,
          {
            ...CALLED,
            'content-type': `multipart/form-data; boundary=${boundary}`,
          },
        ),
      ),
    ).toBeUndefined();
});

test.each([
  ['a part with a broken head', '--a\r\nContent-Disposition form-data; name="0"\r\n\r\n[]\r\n--a--\r\n'],
  ['a part that breaks off', '--a\r\nContent-Disposition: form-data; name="0"\r\n\r\n[]'],
])('turns away %s, which Next could not read', async (_what, body) => {
  expect(await judgePost(post(body, { ...CALLED, 'content-type': 'multipart/form-data; boundary=a' }))).toBe(400);
});

test('sees the entries that Next will see, where one part is given two names', async () => {
  const body =
    '--a\r\nContent-Disposition: form-data; name="_1_locale"\r\nContent-Disposition: form-data; name="0"\r\n\r\n["$K1"]\r\n--a--\r\n';
  expect(await judgePost(post(body, { ...CALLED, 'content-type': 'multipart/form-data; boundary=a' }))).toBe(400);
});

test('a call whose body ends within a file is refused, and its reader’s error is nobody else’s', async () => {
  const body =
    '--b\r\nContent-Disposition: form-data; name="_1_locale"; filename="blob"\r\nContent-Type: x\r\n\r\nen\r\n--';
  expect(await judgePost(post(body, { ...CALLED, 'content-type': 'multipart/form-data; boundary=b' }))).toBe(400);
});
