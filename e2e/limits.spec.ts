import { createClient } from '@redis/client';
import { expect, test } from './fixtures';
import { openForm } from './quick';
import { openRelay } from './relay';
import { logFromNow, portal, stack } from './stack';
import { fillRequired, newAddress, newVisitor, submit } from './visitor';

/** Two instances with the default limits that count in one Redis; each visitor says the address that a proxy would. */
const PORTALS = ['shared', 'shared-too'] as const;

/** `ACCOUNTS_PER_HOUR` as it is by default. */
const ACCOUNTS = 5;

async function signUp(name: string, address: string, email = newAddress()) {
  const form = await openForm(name);
  return form.send({ email }, { address });
}

const isAccepted = ({ status }: { status: number }) => status === 303;

const openRedis = () => openRelay(stack.redis.relayPort, stack.redis.port);

test.describe('with one Redis for two instances', () => {
  let relay: Awaited<ReturnType<typeof openRedis>>;
  test.beforeEach(async () => {
    const events = PORTALS.map((name) => logFromNow(name));
    relay = await openRedis();
    // Both have lost it before: while the way is cut, each start and each test's end says so.
    for (const event of events)
      await expect.poll(() => event('throttle.redis-back').length, { timeout: 15_000 }).toBeGreaterThan(0);
  });
  test.afterEach(() => relay.cut());

  test('they count together: what one has let pass is no longer to be had at the other', async () => {
    const address = newVisitor();
    for (let count = 0; count < ACCOUNTS; count++)
      expect(isAccepted(await signUp(PORTALS[count % 2] ?? 'shared', address))).toBe(true);
    for (const name of PORTALS) {
      const refused = await signUp(name, address);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(60);
      expect(refused.body).toContain('Too many attempts from your network');
    }
    expect(isAccepted(await signUp('shared', newVisitor()))).toBe(true);
  });

  test('an inbox has one limit, whatever is written behind the plus and whoever asks', async () => {
    const [name, domain] = newAddress().split('@');
    const answers: number[] = [];
    for (let count = 0; count < 7; count++)
      answers.push((await signUp(PORTALS[count % 2] ?? 'shared', newVisitor(), `${name}+${count}@${domain}`)).status);
    expect(answers).toEqual([303, 303, 303, 303, 303, 303, 429]);
  });

  test('Redis holds nothing that says who or whose', async () => {
    const address = newVisitor();
    const email = newAddress();
    await signUp('shared', address, email);
    const redis = await createClient({ url: `redis://127.0.0.1:${stack.redis.port}` }).connect();
    const keys = await redis.keys('*');
    const values = await Promise.all(keys.map((key) => redis.get(key)));
    await redis.close();
    expect(keys.length).toBeGreaterThan(3);
    const realm = /^vestibule:realm:[0-9a-f]{32}$/;
    for (const [index, key] of keys.entries()) {
      const value = values[index] ?? '';
      if (realm.test(key)) {
        // What people are asked, for a start without Keycloak; and nothing that they answered.
        for (const theirs of [email, email.split('@')[0] ?? '', address]) expect(value).not.toContain(theirs);
        continue;
      }
      expect(key).toMatch(/^vestibule:[a-z-]+:[\w-]{27}(:\d+)?$/);
      expect(value).toMatch(/^-?\d+$/);
    }
  });

  test('lost, it leaves each instance its own limits: nobody is let through for it, and nobody kept out', async () => {
    const address = newVisitor();
    for (let count = 0; count < ACCOUNTS; count++) await signUp('shared', address);
    const log = logFromNow('shared');
    await relay.cut();
    await expect.poll(() => log('throttle.redis-lost').length).toBe(1);
    // The memory of this instance knows nothing of before, and has the same limit.
    const answers: number[] = [];
    for (let count = 0; count <= ACCOUNTS; count++) answers.push((await signUp('shared', address)).status);
    expect(answers).toEqual([303, 303, 303, 303, 303, 429]);
    expect(isAccepted(await signUp('shared', newVisitor()))).toBe(true);
    relay = await openRedis();
    await expect.poll(() => log('throttle.redis-back').length, { timeout: 15_000 }).toBe(1);
    // What was counted before it was lost still counts.
    expect((await signUp('shared-too', address)).status).toBe(429);
  });

  test('silent, it keeps no visitor waiting', async () => {
    await relay.cut();
    relay = await openRelay(stack.redis.relayPort, 'silence');
    const answer = await signUp('shared', newVisitor());
    expect(isAccepted(answer)).toBe(true);
    expect(answer.duration).toBeLessThan(5_000);
  });
});

test('a forged address moves nothing: what counts is what the trusted proxy has seen', async () => {
  const address = newVisitor();
  const statuses: number[] = [];
  for (let count = 0; count <= ACCOUNTS; count++)
    statuses.push((await signUp('shared', `203.0.113.${count}, 10.0.0.${count}, ${address}`)).status);
  expect(statuses.at(-1)).toBe(429);
  // And nobody is kept out whose address somebody forged.
  expect(isAccepted(await signUp('shared', '203.0.113.1'))).toBe(true);
});

test('IPv6 counts by its network of 64 bits', async () => {
  const network = `2001:db8:${(process.pid % 0xffff).toString(16)}:${Date.now() % 10_000}`;
  const statuses: number[] = [];
  for (let count = 0; count <= ACCOUNTS; count++)
    statuses.push((await signUp('shared', `${network}:${count}:2:3:4`)).status);
  expect(statuses.at(-1)).toBe(429);
  expect(isAccepted(await signUp('shared', '2001:db8:ffff:1::1'))).toBe(true);
});

test('whoever is refused sees for how long, and keeps what was typed', async ({ page }) => {
  const address = newVisitor();
  for (let count = 0; count < ACCOUNTS; count++) await signUp('shared', address);
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': address });
  await page.goto(`${portal('shared')}/en/sign-up`);
  const email = newAddress();
  await fillRequired(page, email);
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await submit(page);
  expect((await answer).status()).toBe(429);
  expect(Number((await answer).headers()['retry-after'])).toBeGreaterThan(60);
  const alert = page.locator('#sign-up [role="alert"]');
  await expect(alert).toBeFocused();
  const clock = alert.locator('bdi');
  await expect(clock).toHaveText(/^\d+:\d\d$/);
  const before = await clock.textContent();
  await expect(clock).not.toHaveText(before ?? '');
  await expect(page.locator('[name="email"]')).toHaveValue(email);
});

test('when too many come at once everybody is asked to wait a moment, and nobody in particular', async () => {
  const statuses: number[] = [];
  let last = await signUp('crowded', newVisitor());
  for (let count = 0; count < 3 && last.status === 303; count++) {
    statuses.push(last.status);
    last = await signUp('crowded', newVisitor());
  }
  expect(statuses.length).toBeGreaterThan(0);
  expect(last.status).toBe(503);
  expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
  expect(last.body).toContain('Very many people are signing up');
  expect(last.body).toContain('sent again by itself');
});
