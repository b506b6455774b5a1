import { gzipSync } from 'node:zlib';
import type { Mutation } from './mutate-content';
import type { Wire } from './post';
import type { Jar } from './visitors';

const TYPES = [
  'text/plain',
  'application/json',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=other',
  'multipart/mixed; boundary=x',
  '',
  'x',
  'application/x-www-form-urlencoded; charset=utf-16',
  'text/plain; charset=utf-7',
  'multipart/form-data; boundary="a b"',
  'application/octet-stream',
  'text/x-component',
  'MULTIPART/FORM-DATA; BOUNDARY=Q',
];

/** Headers that mean something to Next, to next-auth, to proxies or to the portal. */
const HEADERS: Readonly<Record<string, readonly string[]>> = {
  'x-forwarded-host': ['evil.example', '', 'localhost', 'a, b', '::'],
  'x-forwarded-proto': ['https', 'http, https', 'gopher', ''],
  'x-forwarded-port': ['1', 'x'],
  'x-action-forwarded': ['1'],
  'x-middleware-subrequest': ['middleware', 'middleware:middleware:middleware:middleware:middleware'],
  'x-invoke-path': ['/preview'],
  'x-matched-path': ['/preview'],
  'x-nextjs-data': ['1'],
  'x-nonce': ['abc'],
  'next-url': ['/en/welcome', '//', '%'],
  rsc: ['1', '0'],
  'next-router-prefetch': ['1', '2'],
  'next-router-segment-prefetch': ['/_tree', '/'],
  'next-router-state-tree': ['', '%5B', '[]', '%5B%22%22%2C%7B%7D%5D', '[".",{"a":1}]', '%E0%A4%A'],
  'next-action': ['', 'x', '0'.repeat(42), 'toString', '__proto__', 'f'.repeat(5_000)],
  'accept-language': ['*', 'xx', 'en;q=x', `${'a'.repeat(3_000)}`, '\u00e9', 'de-DE-x-a'],
  accept: ['text/x-component', 'application/json', ''],
  authorization: ['Bearer', 'Bearer x', 'Basic eDp5', 'Bearer \u00ff'],
  'x-sign-up': ['', 'x', 'a.b.c.d.e', 'eyJhbGciOiJkaXIifQ....'],
  referer: [
    'x',
    '::',
    'http://evil.example/',
    'http://localhost/realms/demo/protocol/openid-connect/auth?client_id=shop',
  ],
  'sec-fetch-site': ['cross-site', 'same-origin', 'x'],
  'if-none-match': ['*', '"x"'],
  range: ['bytes=0-1', 'bytes=9-1'],
  expect: ['100-continue'],
  'content-encoding': ['gzip', 'br', 'x'],
  'content-length': ['0', '1'],
  te: ['trailers'],
  purpose: ['prefetch'],
  host: ['evil.example', 'localhost', '127.0.0.1:1', ''],
  'x-http-method-override': ['DELETE'],
};

const ORIGINS = [
  'http://evil.example',
  'null',
  '',
  '::',
  'http://',
  'https://localhost',
  'http://localhost:1',
  'file://',
  'a b',
  'http://[::',
  'javascript:1',
];

const QUERIES = [
  '%ff',
  '%',
  '%00',
  '__proto__=1',
  'client_id=a&client_id=b',
  'client_id=__proto__',
  'client_id=%F0%9F',
  'ui_locales=xx',
  'prefill=x',
  'error[]=1',
  '_rsc=x',
  'renewed',
  'a=%E0%A4%A',
  'scope=loyalty',
  'redirect_uri=javascript:1',
  'redirect_uri=%00',
  'state=',
  'authorization=a.b.c.d.e',
  'nxtPlocale=de',
  '__nextLocale=xx',
];

const PATHS: readonly ((path: string) => string)[] = [
  (path) => path.replace(/^\/[a-z]+/, '/xx'),
  (path) => path.replace(/^\/[a-z]+/, '/__proto__'),
  (path) => `/${path}`,
  (path) => path.replace(/(\?|$)/, '/$1'),
  (path) => path.replace(/(\?|$)/, '/%2e%2e/x$1'),
  (path) => path.replace(/(\?|$)/, '/%E0%A4%A$1'),
  (path) => path.replace(/(\?|$)/, '%00$1'),
  (path) => path.replace(/(\?|$)/, '%ff%fe$1'),
  (path) => path.replace(/(\?|$)/, '.rsc$1'),
  (path) => path.replace(/(\?|$)/, '.txt$1'),
  (path) => path.replace(/(\?|$)/, ';a=b$1'),
  (path) => path.replace(/(\?|$)/, '\\..$1'),
  (path) => path.toUpperCase(),
  (path) => `${path.split('?')[0]}/${'a'.repeat(5_000)}`,
  (path) => `http://evil.example${path}`,
  () => '*',
  (path) => `/_next/data/x${path}.json`,
];

const withQuery = (path: string, more: string) => `${path}${path.includes('?') ? '&' : '?'}${more}`;

/** Bytes that no UTF-8 has, thrown in. */
function sprinkled(body: Buffer, at: number): Buffer {
  return Buffer.concat([body.subarray(0, at), Buffer.from([0xff, 0xfe, 0x00, 0xc0, 0x80]), body.subarray(at)]);
}

/** Mutations of a request as it goes over the wire, by name. */
export function wireMutations({ foreign, cookies }: Jar): Readonly<Record<string, Mutation<Wire>>> {
  return {
    'another content type': (wire, { random }) => {
      wire.headers['content-type'] = random.pick(TYPES);
    },
    'no content type': (wire) => {
      wire.headers['content-type'] = [];
    },
    'a broken boundary': (wire, { random }) => {
      const type = String(wire.headers['content-type'] ?? '');
      wire.headers['content-type'] = random.pick([
        `${type}x`,
        type.replace(/boundary=.*/, 'boundary'),
        type.slice(0, -1),
        `${type}; boundary=b`,
      ]);
    },
    'a body that ends too soon': (wire, { random }) => {
      wire.body = wire.body.subarray(0, random.int(0, wire.body.length));
    },
    'a connection that ends too soon': (wire, { random }) => {
      if (wire.body.length > 1) wire.cutAfter = random.int(0, wire.body.length - 1);
    },
    'bytes that are no text': (wire, { random }) => {
      wire.body = sprinkled(wire.body, random.int(0, wire.body.length));
    },
    'bytes lost': (wire, { random }) => {
      const at = random.int(0, wire.body.length);
      wire.body = Buffer.concat([wire.body.subarray(0, at), wire.body.subarray(at + random.int(1, 60))]);
    },
    'a compressed body': (wire, { random }) => {
      wire.body = gzipSync(wire.body);
      if (random.chance(0.5)) wire.headers['content-encoding'] = 'gzip';
    },
    'a body in UTF-16': (wire) => {
      wire.body = Buffer.from(wire.body.toString('latin1'), 'utf16le');
    },
    'a huge body': (wire, { random }) => {
      wire.body = Buffer.concat([wire.body, Buffer.alloc(random.pick([262_144, 1_100_000]), 'a')]);
    },
    'in chunks': (wire) => {
      wire.headers['content-length'] = [];
      wire.headers['transfer-encoding'] = 'chunked';
    },
    'other cookies': (wire, { random, marker }) => {
      const cookie = String(wire.headers.cookie ?? '') || cookies.waiting;
      const at = random.int(0, Math.max(0, cookie.length - 1));
      wire.headers.cookie = random.pick([
        '',
        random.pick(foreign),
        `${cookie.slice(0, at)}x${cookie.slice(at + 1)}`,
        cookie.slice(0, at),
        `${cookie}; ${random.pick(foreign)}`,
        `=${marker}; ; a; b=%ff`,
        'vestibule-pending=',
        `vestibule-pending=${marker}`,
        'NEXT_LOCALE=__proto__',
        'NEXT_LOCALE=ar',
        'vestibule-terms=a.b.c.d.e',
        'next-auth.session-token=x',
        'next-auth.csrf-token=x%7Cy',
        'next-auth.state=x; next-auth.pkce.code_verifier=y',
        `x=${'c'.repeat(7_000)}`,
        '__prerender_bypass=x',
        'next-auth.callback-url=%00',
      ]);
    },
    'another origin': (wire, { random }) => {
      wire.headers.origin = random.pick(ORIGINS);
    },
    'no origin': (wire) => {
      wire.headers.origin = [];
    },
    'another method': (wire, { random }) => {
      wire.method = random.pick([
        'GET',
        'POST',
        'PUT',
        'PATCH',
        'DELETE',
        'OPTIONS',
        'HEAD',
        'TRACE',
        'PROPFIND',
        'PURGE',
        'QUERY',
      ]);
    },
    'another query': (wire, { random }) => {
      wire.path = withQuery(wire.path, random.pick(QUERIES));
    },
    'a value in the query': (wire, { random, marker }) => {
      wire.path = withQuery(
        wire.path,
        `${random.pick(['client_id', 'scope', 'email', 'login_hint', 'state', 'error', 'lang', marker])}=${marker}%0a`,
      );
    },
    'another path': (wire, { random }) => {
      wire.path = random.pick(PATHS)(wire.path);
    },
    'another header': (wire, { random }) => {
      const name = random.pick(Object.keys(HEADERS));
      wire.headers[name] = random.pick(HEADERS[name] ?? ['']);
    },
    'a header with a value': (wire, { random, marker }) => {
      const name = random.pick(
        Object.keys(HEADERS).filter((one) => !['content-length', 'expect', 'te', 'host'].includes(one)),
      );
      wire.headers[name] = random.pick([marker, `"${marker}"`, `${marker}\u00ff`, `[${marker}]`]);
    },
    'another action id': (wire, { random, actionIds, marker }) => {
      wire.headers['next-action'] = random.pick([
        ...actionIds,
        '',
        marker,
        '7f'.repeat(21),
        'toString',
        '__proto__',
        'constructor',
        '60',
      ]);
    },
    'called without a script': (wire) => {
      wire.headers['next-action'] = [];
    },
  };
}
