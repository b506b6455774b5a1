import { tampered } from '../../lib/tamper.fixture';
import { expect, test } from '../fixtures';
import { portal } from '../stack';
import { cookieOf, postForm, raw } from './raw';

const PORTAL = 'known';
const PENDING = 'vestibule-pending';

const statusOf = async (cookie: string) =>
  JSON.parse(
    (await raw(PORTAL, '/api/sign-up/status', { headers: { cookie, 'x-forwarded-for': '192.0.2.77' } })).body || '{}',
  ).status;

test('[v5.0.0-2.3.1] a step that was not reached leads back to the first, or says so', async () => {
  const checkEmail = await raw(PORTAL, '/en/sign-up/check-email');
  expect(checkEmail.status).toBe(307);
  expect(checkEmail.headers.location).toBe('/en/sign-up');
  expect((await raw(PORTAL, '/en/terms')).headers.location).toBe('/en/welcome');
  expect(
    (await raw(PORTAL, '/api/sign-up/hand-over', { headers: { 'sec-fetch-site': 'same-origin' } })).headers.location,
  ).toBe(`${portal(PORTAL)}/welcome`);
  for (const path of ['/en/sign-up/verified', '/en/welcome']) {
    const page = await raw(PORTAL, path);
    expect(page.status).toBe(200);
    expect(page.body).toMatch(/<(?:a|button)[^>]*>/);
  }
  expect(await statusOf('')).toBe('gone');
});

test('[v5.0.0-9.1.1] a sealed cookie that was changed, cut, or sealed for something else is none', async () => {
  const { email, answer } = await postForm(PORTAL, {});
  const sealed =
    cookieOf(answer)
      .split('; ')
      .find((one) => one.startsWith(`${PENDING}=`))
      ?.slice(PENDING.length + 1) ?? '';
  expect(await statusOf(`${PENDING}=${sealed}`)).toBe('pending');
  const link = await raw(PORTAL, `/en/sign-up?login_hint=${email.split('@')[0]}`);
  const prefill = new URL(String(link.headers.location), portal(PORTAL)).searchParams.get('prefill') ?? '';
  expect(prefill.length).toBeGreaterThan(20);
  const parts = sealed.split('.');
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  const claims = Buffer.from(JSON.stringify({ userId: 'x', own: 1, email, mail: 'sent' })).toString('base64url');
  const wrong = [
    ...[0, 40, 80, sealed.length - 3].map((at) => tampered(sealed, at)),
    sealed.slice(0, -1),
    `${sealed}A`,
    parts.slice(0, 4).join('.'),
    [...parts].reverse().join('.'),
    prefill,
    `${none}.${claims}.`,
    claims,
    JSON.stringify({ userId: 'x' }),
    '',
    'x'.repeat(3_000),
  ];
  for (const cookie of wrong) expect.soft(await statusOf(`${PENDING}=${cookie}`)).toBe('gone');
  for (const cookie of [prefill, claims]) {
    const page = await raw(PORTAL, '/en/welcome', { headers: { cookie: `next-auth.session-token=${cookie}` } });
    expect.soft(page.status).toBe(200);
    expect.soft(page.body).not.toContain(email);
  }
});

test('[v5.0.0-1.3.11] line breaks in names and addresses add no header to a mail', async () => {
  const { mailsTo } = await import('../visitor');
  const victim = `bcc-${Date.now()}@example.com`;
  for (const tail of [
    `\r\nBcc: ${victim}`,
    `\nBcc: ${victim}`,
    `%0d%0aBcc: ${victim}`,
    `\u2028Bcc: ${victim}`,
    `\u0085Bcc: ${victim}`,
    `, ${victim}`,
    `>, <${victim}`,
  ]) {
    const named = await postForm(PORTAL, { firstName: `Ada${tail}`, lastName: `Harbour${tail}` });
    expect.soft([200, 303]).toContain(named.answer.status);
    const addressed = await postForm(PORTAL, {}, []);
    const twice = await postForm(PORTAL, { email: `${addressed.email}${tail}` });
    expect.soft(twice.answer.status, JSON.stringify(tail)).toBe(200);
  }
  expect(await mailsTo(victim, 0, 0)).toEqual([]);
});
