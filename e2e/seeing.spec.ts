import { expect, test } from './fixtures';
import { METRICS_TOKEN, SEEING, WEBHOOK_SECRET } from './seeing-portal';
import { keep, startReceiver } from './seeing-receiver';
import { startServer } from './server';
import { logFromNow, portal, realmAdmin, stack } from './stack';
import { confirmAddress, fillRequired, newAddress, signInAtKeycloak, submit, tickCaptcha } from './visitor';

const { realm } = stack.keycloak;

const authorization = { authorization: `Bearer ${METRICS_TOKEN}` };

/** The portal's own counters, by name and labels as they are exposed. */
async function counters(): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${portal(SEEING)}/api/metrics`, { headers: authorization })).text();
  keep(text);
  const lines = text.split('\n').map((line) => /^(vestibule_\w+_total(?:\{.*\})?) (\S+)$/.exec(line));
  return new Map(lines.flatMap((match) => (match === null ? [] : [[match[1] ?? '', Number(match[2])]])));
}

/** Counters that have moved, and by how much. */
async function moved(before: ReadonlyMap<string, number>): Promise<Record<string, number>> {
  const steps = [...(await counters())].map(([name, now]): [string, number] => [name, now - (before.get(name) ?? 0)]);
  return Object.fromEntries(steps.filter(([, step]) => step !== 0));
}

// One portal, whose counters are everybody's.
test.describe.configure({ mode: 'serial' });

test('a sign-up is told step by step, in lines, to the webhook, in metrics and in a trace', async ({ page }) => {
  const receiver = await startReceiver(stack.seeing.port);
  const log = logFromNow(SEEING);
  const before = await counters();
  try {
    const email = newAddress();
    const query = new URLSearchParams({ client_id: 'shop', redirect_uri: `${stack.product.url}/arrive` });
    await page.goto(`${portal(SEEING)}/de/sign-up?${query}`);
    await fillRequired(page, email);
    await tickCaptcha(page);
    await submit(page);
    await page.waitForURL('**/de/sign-up/check-email');
    await confirmAddress(page, email);
    await signInAtKeycloak(page, email);
    await page.waitForURL('**/de/welcome');

    const steps = [
      'sign-up.started',
      'sign-up.created',
      'verification-mail.sent',
      'sign-up.verified',
      'sign-in.done',
    ] as const;
    const lines = () => log().filter((line) => line.audit === true);
    await expect.poll(() => lines().map(({ event }) => event)).toEqual(steps);
    const [account] = await (await realmAdmin()).users.find({ realm, email, exact: true });
    expect(new Set(lines().map(({ client, locale }) => `${client} ${locale}`))).toEqual(new Set(['shop de']));
    expect(lines().map(({ userId }) => userId)).toEqual([undefined, ...Array(4).fill(account?.id)]);
    expect(lines().at(-1)).toMatchObject({ finishes: true });
    // One visitor, without the address; one request for all that one submit did.
    expect(new Set(lines().map((line) => line.address)).size).toBe(1);
    expect(lines()[0]?.address).toMatch(/^[\w-]{22}$/);
    expect(
      new Set(
        lines()
          .slice(0, 3)
          .map(({ requestId }) => requestId),
      ).size,
    ).toBe(1);

    expect(await moved(before)).toEqual({
      'vestibule_captcha_answers_total{kind="hcaptcha",outcome="passed"}': 1,
      'vestibule_funnel_total{step="served",client="shop"}': 1,
      'vestibule_funnel_total{step="started",client="shop"}': 1,
      'vestibule_funnel_total{step="created",client="shop"}': 1,
      'vestibule_funnel_total{step="mailed",client="shop"}': 1,
      'vestibule_funnel_total{step="verified",client="shop"}': 1,
      'vestibule_funnel_total{step="signed_in",client="shop"}': 1,
      'vestibule_mails_total{mail="verification",outcome="sent"}': 1,
      'vestibule_sign_ins_total{outcome="done",client="shop"}': 1,
      'vestibule_sign_up_submits_total{result="created",reason="none",client="shop"}': 1,
      'vestibule_audit_webhook_events_total{outcome="delivered"}': 5,
    });

    await expect.poll(() => receiver.events.map(({ event }) => event)).toEqual(steps);
    const { traceId } = lines().find(({ event }) => event === 'sign-up.created') ?? {};
    const names = () => receiver.spans.filter((span) => span.traceId === traceId).map(({ name }) => name);
    await expect.poll(names).toContain('POST /[locale]/sign-up');
    expect(names()).toEqual(
      expect.arrayContaining(['sign-up.rules', 'sign-up.captcha', 'sign-up.create', 'sign-up.mail']),
    );
    expect(names()).toEqual(expect.arrayContaining(['call captcha', 'call keycloak']));
    for (const typed of [email, email.split('@')[0] ?? '', '127.0.0.1', 'login_hint'])
      expect(JSON.stringify([lines(), receiver.spans, receiver.events, [...(await counters())]])).not.toContain(typed);
  } finally {
    await receiver.stop();
  }
});

test('a caller’s trace goes on, and no name has what was asked for', async () => {
  const receiver = await startReceiver(stack.seeing.port);
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  await fetch(`${portal(SEEING)}/en/nobody-is-called-this?secret=nobody-asks-this`, { headers: { traceparent } });
  await expect.poll(() => receiver.spans.map(({ traceId }) => traceId)).toContain(traceparent.split('-')[1]);
  expect(JSON.stringify(receiver.spans)).not.toContain('nobody-');
  await receiver.stop();
});

test('while the webhook is away nobody waits, and it gets what it missed', async () => {
  const log = logFromNow(SEEING);
  await fetch(`${portal(SEEING)}/api/auth/callback/keycloak?code=x&state=x`, { redirect: 'manual' });
  await expect.poll(() => log('sign-in.failed')).toHaveLength(1);
  const receiver = await startReceiver(stack.seeing.port);
  await expect.poll(() => receiver.events.map(({ event }) => event), { timeout: 30_000 }).toContain('sign-in.failed');
  await receiver.stop();
});

test('metrics are for whoever has the token, where there is one', async () => {
  const ask = async (name: string, headers: Record<string, string>) =>
    fetch(`${portal(name)}/api/metrics`, { headers });
  expect((await ask('main', authorization)).status).toBe(404);
  const refused = await ask(SEEING, {});
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  expect((await ask(SEEING, { authorization: 'Bearer wrong' })).status).toBe(401);
  const told = await ask(SEEING, authorization);
  expect(told.headers.get('content-type')).toContain('text/plain');
  const text = await told.text();
  expect(text).toMatch(/^vestibule_http_request_duration_seconds_count\{route="probe",status="401"\} [1-9]/m);
  expect(text).toContain('nodejs_eventloop_lag_seconds');
  expect(text).toMatch(/^vestibule_dependency_seconds_count\{dependency="keycloak",outcome="ok"\} [1-9]/m);
  expect(text).toContain('vestibule_circuit_open{dependency="keycloak"} 0');
  // What others ask for never makes a series of its own.
  await fetch(`${portal(SEEING)}/en/sign-up?client_id=made-up-by-somebody`);
  expect(await (await ask(SEEING, authorization)).text()).not.toContain('made-up-by-somebody');
});

test('a portal that is asked to end delivers what waits, and ends', async () => {
  const receiver = await startReceiver(0);
  receiver.answer = 503;
  const server = startServer({
    PORTAL_URL: 'http://localhost:1',
    PORTAL_SECRET: 'a secret of more than thirty-two characters',
    KEYCLOAK_URL: stack.keycloak.url,
    KEYCLOAK_REALM: realm,
    KEYCLOAK_CLIENT_SECRET: 'unused',
    KEYCLOAK_ADMIN_CLIENT_SECRET: 'unused',
    CAPTCHA: 'none',
    AUDIT_WEBHOOK_URL: `http://127.0.0.1:${receiver.port}/`,
    AUDIT_WEBHOOK_SECRET: WEBHOOK_SECRET,
  });
  const address = () => /http:\/\/127\.0\.0\.1:\d+/.exec(server.said())?.[0];
  await expect.poll(address).toBeDefined();
  await expect.poll(server.said).toContain('Ready in');
  await fetch(`${address()}/api/auth/callback/keycloak?code=x&state=x`, { redirect: 'manual' });
  await expect.poll(server.said).toContain('"event":"audit-webhook.lost","reason":"HTTP 503"');
  receiver.answer = 204;
  server.kill();
  expect(await server.ended).toBe(143);
  expect(receiver.events.map(({ event }) => event)).toEqual(['sign-in.failed']);
  await receiver.stop();
});
