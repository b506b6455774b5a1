import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { METRICS_TOKEN, SEEING } from './seeing-portal';
import { CSP_REPORTS, portal, stack } from './stack';

/** One request, and the portal that it goes to. */
interface Ask {
  readonly path: string;
  readonly portal?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const AS_OWN_PAGE = { 'sec-fetch-site': 'same-origin' };
const OIDC = '/realms/demo/protocol/openid-connect';
const page = (path: string): Ask[] => [{ path: `/en${path}` }];

/** What is asked of each route of `app/`: its usual answer, and each other kind that it has. */
const ROUTES: Readonly<Record<string, readonly Ask[]>> = {
  '/[locale]/sign-up': [
    { path: '/en/sign-up?client_id=shop' },
    { path: '/en/sign-up?login_hint=ada' },
    { path: '/de/sign-up', method: 'HEAD' },
    { path: '/en/sign-up', portal: 'form', method: 'POST', body: 'a=b' },
    { path: '/en/sign-up', portal: 'form', method: 'POST', headers: { 'next-action': 'made-up' }, body: '[]' },
    { path: '/en/sign-up', portal: 'form', headers: { rsc: '1' } },
    { path: '/en/sign-up', portal: 'secure' },
  ],
  '/[locale]/sign-up/cancelled': page('/sign-up/cancelled'),
  '/[locale]/sign-up/check-email': page('/sign-up/check-email'),
  '/[locale]/sign-up/verified': page('/sign-up/verified'),
  '/[locale]/sign-in': page('/sign-in'),
  '/[locale]/sign-in-problem': page('/sign-in-problem?error=Unverified'),
  '/[locale]/signed-out': page('/signed-out'),
  '/[locale]/terms': page('/terms'),
  '/[locale]/welcome': page('/welcome'),
  '/[locale]/embed/sign-up': [
    { path: '/en/embed/sign-up', portal: 'framed' },
    { path: '/en/embed/sign-up?client_id=shop', portal: 'framed' },
  ],
  '/[locale]/[...rest]': [
    { path: '/en/nowhere' },
    { path: '/en/nowhere/file.js' },
    { path: '/en/%ff' },
    { path: '/%' },
  ],
  '/preview': [{ path: '/preview' }],
  '/preview/[state]': [{ path: '/preview/sign-up' }, { path: '/preview/nowhere' }],
  '/api/[...rest]': [{ path: '/api/nowhere' }, { path: '/api/auth/session' }, { path: '/api/nowhere', method: 'POST' }],
  '/api/auth/callback/keycloak': [
    { path: '/api/auth/callback/keycloak?code=made-up&state=made-up' },
    { path: '/api/auth/callback/keycloak', method: 'POST' },
  ],
  '/api/captcha/challenge': [
    { path: '/api/captcha/challenge', portal: 'pow' },
    { path: '/api/captcha/challenge' },
    { path: '/api/captcha/challenge', portal: 'pow', method: 'POST' },
  ],
  '/api/embed/continue': [
    { path: '/api/embed/continue' },
    { path: '/api/embed/continue', method: 'POST' },
    { path: '/api/embed/continue', method: 'POST', headers: AS_OWN_PAGE, body: `pending=${'x'.repeat(20_000)}` },
    { path: '/api/embed/continue', method: 'POST', headers: AS_OWN_PAGE, body: 'pending=made-up' },
    { path: '/api/embed/continue', method: 'POST', headers: AS_OWN_PAGE, body: 'client_id=shop' },
  ],
  '/api/health': [
    { path: '/api/health' },
    { path: '/api/health?ready', portal: 'away' },
    { path: '/api/health', method: 'POST' },
  ],
  '/api/metrics': [
    { path: '/api/metrics' },
    { path: '/api/metrics', portal: SEEING },
    { path: '/api/metrics', portal: SEEING, headers: { authorization: `Bearer ${METRICS_TOKEN}` } },
    { path: '/api/metrics', portal: SEEING, method: 'POST' },
  ],
  '/api/realm/refresh': [
    { path: '/api/realm/refresh' },
    { path: '/api/realm/refresh', method: 'POST' },
    { path: '/api/realm/refresh', method: 'POST', portal: 'strict' },
  ],
  '/api/sign-in/[provider]': [
    { path: '/api/sign-in/nobody' },
    { path: '/api/sign-in/nobody', headers: AS_OWN_PAGE },
    { path: '/api/sign-in/nobody', method: 'POST' },
  ],
  '/api/sign-up/hand-over': [{ path: '/api/sign-up/hand-over' }, { path: '/api/sign-up/hand-over', method: 'POST' }],
  '/api/sign-up/status': [{ path: '/api/sign-up/status' }, { path: '/api/sign-up/status', method: 'DELETE' }],
  '/api/sweep': [
    { path: '/api/sweep' },
    { path: '/api/sweep', method: 'POST' },
    { path: '/api/sweep', method: 'POST', portal: 'strict' },
  ],
  '/realms/[realm]/protocol/openid-connect/[endpoint]': [
    { path: `${OIDC}/registrations?client_id=shop` },
    { path: `${OIDC}/auth?client_id=shop` },
    { path: `${OIDC}/token` },
    { path: `${OIDC.replace('demo', 'master')}/auth` },
    { path: `${OIDC}/auth`, method: 'POST', body: `client_id=${'x'.repeat(20_000)}` },
    { path: `${OIDC}/auth`, method: 'PUT' },
  ],
};

/** Files, and what Next answers by itself. */
const OTHERS: readonly Ask[] = [
  { path: '/' },
  { path: '/sign-up?client_id=shop&ui_locales=de' },
  { path: '/embed.js' },
  { path: '/icon.svg' },
  { path: '/robots.txt' },
  { path: '/favicon.ico' },
  { path: '/_next/static/chunks/nowhere.js' },
  { path: '/_next/data/build/en/sign-up.json' },
  { path: '/_next/nowhere' },
  { path: '/_next/image?url=%2Ficon.svg&w=64&q=75' },
  { path: '/en/sign-up', method: 'PUT' },
  { path: '/en/sign-up', method: 'POST', headers: { origin: 'https://evil.example' } },
  { path: '/en/sign-up', method: 'POST', body: `a=${'x'.repeat(300_000)}` },
  { path: '/en/sign-up/' },
  { path: '//evil.example/en' },
];

/** Folders of `app/` that answer requests, as Next names routes. */
function routesIn(folder: string, route = ''): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return routesIn(join(folder, entry.name), `${route}/${entry.name}`);
    return /^(?:page|route)\.tsx?$/.test(entry.name) ? [route] : [];
  });
}

const SECURITY =
  /^(?:cache-control|content-security-policy.*|content-type|cross-origin-.*|access-control-.*|location|permissions-policy|referrer-policy|refresh|reporting-endpoints|server|set-cookie|strict-transport-security|x-(?!nextjs-).*|www-authenticate)$/;

/** A header's value without what differs from one run to the next. */
function steady(value: string): string {
  const places: readonly [string, string][] = [
    ...Object.entries(stack.portals).map(([name, { url }]): [string, string] => [url, `{${name}}`]),
    [`https://localhost:${stack.tlsPort}`, '{secure}'],
    [stack.keycloak.url, '{keycloak}'],
    [stack.captcha.url, '{captcha}'],
    [stack.host.url, '{host}'],
    [stack.product.url, '{product}'],
    [stack.developers.url, '{developers}'],
  ];
  return places
    .reduce((text, [place, name]) => text.replaceAll(place, name).replaceAll(encodeURIComponent(place), name), value)
    .replace(/nonce-[^']+/g, 'nonce-{nonce}')
    .replace(/Expires=[^;]+/gi, 'Expires={date}')
    .replace(/eyJ[\w-]+(?:\.[\w-]*){4}/g, '{sealed}')
    .replace(/(csrf-token=)[^;]+/g, '$1{token}')
    .replace(/((?:state|nonce|code_challenge)=)[\w-]{20,}/g, '$1{random}');
}

async function answerTo({ path, portal: name = 'main', ...request }: Ask) {
  const address = stack.portals[name]?.url ?? '';
  const response = await fetch(`${address}${path}`, {
    redirect: 'manual',
    ...(request.body === undefined ? {} : { body: request.body }),
    method: request.method ?? 'GET',
    headers: {
      ...(request.body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...request.headers,
    },
  });
  await response.body?.cancel();
  const what = Object.keys(request.headers ?? {}).join(' ');
  const body = request.body === undefined ? '' : ` ${request.body.length} bytes`;
  return {
    asked: `${request.method ?? 'GET'} {${name}}${path}${body}${what === '' ? '' : ` (${what})`}: ${response.status}`,
    headers: response.headers,
  };
}

/** Requests with the same headers stand together, above them. */
function inGroups(answers: readonly Awaited<ReturnType<typeof answerTo>>[]): string {
  const groups = new Map<string, string[]>();
  for (const { asked, headers } of answers) {
    const lines = [...headers]
      .filter(([name]) => SECURITY.test(name))
      .map(([name, value]) => `  ${name}: ${steady(value)}`);
    // Next writes a redirect's cookie once or twice, as it comes.
    const text = [...new Set(lines)].sort().join('\n');
    groups.set(text, [...(groups.get(text) ?? []), asked]);
  }
  return [...groups].map(([text, asked]) => `${asked.join('\n')}\n${text}\n`).join('\n');
}

test('[v5.0.0-3.4.1] every route answers with the headers of the snapshot, and no route is left out', async () => {
  expect(Object.keys(ROUTES).sort()).toEqual(routesIn('app').sort());
  const script = /\/_next\/static\/chunks\/[^"]+\.js/.exec(await (await fetch(`${portal('main')}/en/sign-up`)).text());
  const answers = [];
  for (const ask of [...Object.values(ROUTES).flat(), ...OTHERS]) answers.push(await answerTo(ask));
  const { asked, ...code } = await answerTo({ path: script?.[0] ?? '' });
  answers.push({ ...code, asked: asked.replace(/chunks\/.*\.js/, 'chunks/{script}.js') });
  expect(inGroups(answers)).toMatchSnapshot('headers.txt');

  for (const { asked: what, headers } of answers) {
    expect.soft(headers.get('x-content-type-options'), what).toBe('nosniff');
    // A script obeys the policy of the page that it is in.
    if (what.includes('chunks/{script}')) continue;
    const policy = headers.get('content-security-policy') ?? '';
    expect.soft(policy, what).toMatch(/default-src '(?:self|none)'/);
    expect.soft(policy, what).toMatch(/frame-ancestors [^;]+/);
    expect.soft(policy, what).toContain("base-uri 'none'");
    expect.soft(policy, what).not.toContain('unsafe');
    expect.soft(headers.get('strict-transport-security'), what).toMatch(/max-age=(?:31536000|[4-9]\d{7})\b/);
    expect.soft(headers.get('referrer-policy'), what).toMatch(/^(?:no-referrer|same-origin)$/);
    expect.soft(headers.get('cross-origin-opener-policy'), what).toBe('same-origin');
    expect.soft(headers.get('permissions-policy'), what).toContain('camera=()');
    expect.soft(headers.get('access-control-allow-origin'), what).toBeNull();
    for (const name of ['x-powered-by', 'server', 'x-nextjs-postponed', 'x-middleware-rewrite'])
      expect.soft(headers.get(name), `${what} ${name}`).toBeNull();
    const isFile = /\{main\}\/(?:embed\.js|icon\.svg|robots\.txt|_next\/static\/chunks\/\{script)/.test(what);
    if (!isFile) expect.soft(headers.get('cache-control'), what).toContain('no-store');
  }
});

test('[v5.0.0-3.4.7] violations are reported where the operator says, and nowhere else', async () => {
  const policyOf = async (name: string) => (await fetch(`${stack.portals[name]?.url}/en/sign-up`)).headers;
  const secure = await policyOf('secure');
  expect(secure.get('content-security-policy')).toContain(`report-uri ${CSP_REPORTS}; report-to csp`);
  expect(secure.get('reporting-endpoints')).toBe(`csp="${CSP_REPORTS}"`);
  const main = await policyOf('main');
  expect(main.get('content-security-policy')).not.toContain('report');
  expect(main.get('reporting-endpoints')).toBeNull();
});

test('the snapshot has no version and no address of this machine', () => {
  const text = readFileSync('e2e/snapshots/headers.txt', 'utf8');
  expect(text).not.toMatch(/127\.0\.0\.1|:\d{4,5}|next\.js|keycloak\/\d/i);
});
