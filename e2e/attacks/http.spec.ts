import { expect, test } from '../fixtures';
import { portal, realmAdmin, stack } from '../stack';
import { mailsTo } from '../visitor';
import { cookieOf, postForm, raw } from './raw';

/** Without CAPTCHA, and each visitor with an address of their own. */
const PORTAL = 'known';
const EVIL = 'evil.example';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const OWN = () => ({ host: new URL(portal(PORTAL)).host, origin: portal(PORTAL) });
const AS_OWN_PAGE = { 'sec-fetch-site': 'same-origin' };

const accountOf = async (email: string) => (await realmAdmin()).users.find({ realm: PORTAL, email, exact: true });

test.describe('another host', () => {
  const HEADERS = {
    host: EVIL,
    'x-forwarded-host': EVIL,
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '444',
    forwarded: `host=${EVIL};proto=https`,
    'x-original-url': `//${EVIL}/`,
    'x-rewrite-url': `//${EVIL}/`,
  };

  test('[v5.0.0-4.1.3] no header moves a redirect or a cookie away from the portal’s own address', async () => {
    const paths = [
      '/',
      '/sign-up?client_id=shop',
      '/en/sign-up?login_hint=ada',
      '/en/sign-up',
      '/en/sign-up/check-email',
      '/en/terms',
      '/preview/sign-up',
      '/api/sign-up/hand-over',
      '/api/sign-in/nobody',
      '/api/auth/callback/keycloak?code=a&state=b',
      `/realms/${PORTAL}/protocol/openid-connect/registrations?client_id=shop`,
    ];
    for (const path of paths) {
      for (const more of [{}, AS_OWN_PAGE]) {
        const { headers } = await raw(PORTAL, path, { headers: { ...HEADERS, ...more } });
        const said = [headers.location, headers['set-cookie'], headers.link, headers.refresh].flat().join(' ');
        expect.soft(said, path).not.toContain(EVIL);
      }
    }
  });

  test('[v5.0.0-4.1.3] mails lead to the portal’s own address, whatever host was asked', async () => {
    const { email, answer } = await postForm(PORTAL, {}, [], {
      ...HEADERS,
      host: EVIL,
      'x-forwarded-host': new URL(portal(PORTAL)).host,
    });
    expect(answer.status).toBe(303);
    const [mail] = await mailsTo(email);
    expect(JSON.stringify(mail)).not.toContain(EVIL);
    const owned = await postForm(PORTAL, { email }, [], HEADERS);
    expect(JSON.stringify([owned.answer.headers, await mailsTo(email)])).not.toContain(EVIL);
  });
});

test.describe('another site', () => {
  const FOREIGN: readonly (readonly [string, Record<string, string>])[] = [
    ['another origin', { origin: `https://${EVIL}` }],
    ['an origin that hides itself', { origin: 'null' }],
    ['another origin that names itself as the host', { origin: `https://${EVIL}`, 'x-forwarded-host': EVIL }],
    ['our origin with another scheme', { origin: 'https://localhost' }],
    ['no origin, but another site', { 'sec-fetch-site': 'cross-site' }],
  ];

  for (const [what, headers] of FOREIGN)
    test(`[v5.0.0-3.5.1] posts the form in nobody’s name: ${what}`, async () => {
      const { email, answer } = await postForm(PORTAL, {}, [], headers);
      expect(answer.status).toBe(303);
      expect(answer.headers.location).toBe('/en/sign-up');
      expect(cookieOf(answer)).not.toContain('pending');
      expect(await accountOf(email)).toEqual([]);
    });

  test('[v5.0.0-3.5.1] reaches none of the handlers that change something', async () => {
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { referer: `https://${EVIL}/` },
      {},
    ]) {
      const posted = await raw(PORTAL, '/api/embed/continue', {
        method: 'POST',
        headers: { ...FORM, ...headers },
        body: 'client_id=shop',
      });
      expect.soft(posted.status).toBe(403);
      const led = await raw(PORTAL, '/api/sign-in/partner', { headers });
      expect.soft(led.headers.location).toMatch(/\/en\/sign-up\?$/);
      expect.soft(cookieOf(posted) + cookieOf(led)).toBe('');
    }
  });

  test('[v5.0.0-3.5.3] what changes something is no GET, and no method says that it is another', async () => {
    for (const path of ['/api/embed/continue', '/api/realm/refresh', '/api/sweep?apply=true'])
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH'])
        expect.soft((await raw(PORTAL, path, { method })).status, `${method} ${path}`).toBe(405);
    for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const overridden = await raw(PORTAL, '/api/sweep?apply=true&_method=POST', {
        headers: { [name]: 'POST', authorization: `Bearer ${stack.sweepToken}` },
      });
      expect.soft(overridden.status, name).toBe(405);
    }
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      expect.soft((await raw(PORTAL, '/en/sign-up', { method, headers: OWN() })).status, method).toBe(405);
  });

  test('[v5.0.0-15.2.3] has no endpoint of next-auth to play with but the way back', async () => {
    for (const action of [
      'signin',
      'signin/keycloak',
      'signout',
      'session',
      'csrf',
      'providers',
      '_log',
      'error',
      'verify-request',
      'callback',
      'callback/other',
    ])
      for (const method of ['GET', 'POST'])
        expect
          .soft(
            (await raw(PORTAL, `/api/auth/${action}?callbackUrl=https://${EVIL}`, { method })).status,
            `${method} ${action}`,
          )
          .toBe(404);
  });
});

test.describe('too much, or of no shape', () => {
  const LIMIT_MS = 5_000;
  const MEGABYTE = 'x'.repeat(1_048_576);

  test('[v5.0.0-15.2.2] a body of a megabyte is refused at once, wherever it is sent', async () => {
    for (const [path, headers] of [
      ['/en/sign-up', OWN()],
      ['/en/sign-up/check-email', OWN()],
      ['/preview', OWN()],
      ['/api/embed/continue', AS_OWN_PAGE],
      [`/realms/${PORTAL}/protocol/openid-connect/auth`, {}],
    ] as const) {
      const answer = await raw(PORTAL, path, { method: 'POST', headers: { ...FORM, ...headers }, body: MEGABYTE });
      expect.soft([0, 413], path).toContain(answer.status);
      expect.soft(answer.duration, path).toBeLessThan(LIMIT_MS);
    }
    expect((await raw(PORTAL, '/api/health')).status).toBe(200);
  });

  test('[v5.0.0-15.2.2] a thousand fields, ten thousand values and deep names are answered like any form', async () => {
    const many = Array.from({ length: 1_000 }, (_, at): [string, string] => [`field-${at}`, 'x']);
    const values = Array.from({ length: 1_400 }, (): [string, string] => ['interests', 'x']);
    const deep: [string, string][] = [
      [`a${'[b]'.repeat(5_000)}`, 'x'],
      ['.'.repeat(10_000), 'x'],
    ];
    for (const more of [many, values, deep]) {
      const { answer } = await postForm(PORTAL, {}, more);
      expect.soft([200, 303, 413]).toContain(answer.status);
      expect.soft(answer.duration).toBeLessThan(LIMIT_MS);
    }
  });

  test('[v5.0.0-2.2.2] junk in place of an action, its arguments or JSON is refused, quickly and without a word of the inside', async () => {
    const types = [
      'text/plain;charset=UTF-8',
      'application/json',
      'multipart/form-data; boundary=x',
      'multipart/form-data',
    ];
    for (const action of ['x', '__proto__', 'constructor', '', `40${'a'.repeat(40)}`, '../../etc/passwd'])
      for (const type of types) {
        const headers = { ...OWN(), 'next-action': action, 'content-type': type };
        const answer = await raw(PORTAL, '/en/sign-up', {
          method: 'POST',
          headers,
          body: '[{"__proto__":{"a":"$F1"}}]',
        });
        expect.soft(answer.status, `${action} ${type}`).toBeGreaterThanOrEqual(400);
        expect.soft(answer.body, `${action} ${type}`).not.toMatch(/at \w+ \(|node_modules|\.next\//);
        expect.soft(answer.duration).toBeLessThan(LIMIT_MS);
      }
    for (const body of ['{', 'null', '[]', '{"__proto__":{"pending":"x"}}', '"x"', '\u0000']) {
      const headers = { ...AS_OWN_PAGE, 'content-type': 'application/json' };
      const answer = await raw(PORTAL, '/api/embed/continue', { method: 'POST', headers, body });
      expect.soft([303, 400], body).toContain(answer.status);
    }
  });

  test('[v5.0.0-1.3.6] headers that Next believes from itself open nothing', async () => {
    const usual = await raw(PORTAL, '/preview/sign-up');
    expect(usual.headers.location).toBe('/preview');
    for (const headers of [
      { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
      { 'x-middleware-subrequest': 'src/middleware:src/middleware:src/middleware:src/middleware:src/middleware' },
      { 'x-nextjs-data': '1' },
      { 'x-vestibule-preview': 'lang=en' },
      { 'x-middleware-rewrite': '/preview/sign-up' },
    ]) {
      const answer = await raw(PORTAL, '/preview/sign-up', { headers });
      expect.soft(answer.headers['content-security-policy'], JSON.stringify(headers)).toContain('nonce-');
      expect.soft(answer.status, JSON.stringify(headers)).toBe(307);
    }
    for (const headers of [
      { 'x-matched-path': '/preview/sign-up' },
      { 'x-invoke-path': '/preview/sign-up' },
      { 'x-vestibule-client': 'shop' },
      { 'x-now-route-matches': '1=x' },
    ]) {
      const answer = await raw(PORTAL, '/en/sign-up', { headers });
      expect.soft(answer.status, JSON.stringify(headers)).toBe(200);
      expect.soft(answer.body, JSON.stringify(headers)).toContain('id="sign-up"');
    }
  });

  test('[v5.0.0-14.3.2] no request, however marked, makes an answer that a cache may keep', async () => {
    for (const headers of [
      { rsc: '1' },
      { rsc: '1', 'next-router-state-tree': 'junk' },
      { rsc: '1', 'next-router-prefetch': '1' },
      { 'x-nextjs-data': '1' },
      { 'next-router-segment-prefetch': '/_tree', rsc: '1' },
    ])
      for (const path of [
        '/en/sign-up',
        '/en/sign-up?_rsc=x',
        '/en/welcome',
        '/sign-up',
        '/en/sign-up/check-email?_rsc',
      ])
        expect
          .soft((await raw(PORTAL, path, { headers })).headers['cache-control'], `${path} ${JSON.stringify(headers)}`)
          .toContain('no-store');
  });

  test('[v5.0.0-1.3.6] the image optimizer fetches nothing', async () => {
    for (const url of [
      '/icon.svg',
      `${stack.keycloak.url}/realms/master`,
      'http://169.254.169.254/',
      '//evil.example/x.png',
    ])
      expect.soft((await raw(PORTAL, `/_next/image?url=${encodeURIComponent(url)}&w=64&q=75`)).status, url).toBe(404);
  });

  test('[v5.0.0-5.3.2] no path leads out of where it is', async () => {
    const inside = [
      '/../package.json',
      '/..%2f..%2fpackage.json',
      '/_next/static/../../package.json',
      '/_next/static/%2e%2e/%2e%2e/package.json',
      '/_next/static/..%5c..%5cserver.js',
      '/realms/..%2fmaster/protocol/openid-connect/auth',
      '/realms/known/../master/protocol/openid-connect/auth',
      '/api/sign-in/..%2f..%2fhealth',
      '/api/sign-in/%2e%2e',
      '/preview/..%2fsign-up',
      '/preview/%2e%2e%2fapi',
      '/en/..%00/x',
      '/embed.js%00.html',
    ];
    for (const path of inside) {
      const answer = await raw(PORTAL, path, { headers: AS_OWN_PAGE });
      expect.soft(answer.status, path).toBeLessThan(500);
      expect.soft(answer.body, path).not.toMatch(/"dependencies"|NextServer/);
      expect.soft(answer.headers.location ?? '/', path).toMatch(/^(?:\/(?![/\\])|http:\/\/localhost:)/);
    }
  });
});
