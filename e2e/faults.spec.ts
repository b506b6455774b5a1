import { comeAlong } from './burst/visitor';
import { accountsOf } from './faults/accounts';
import { rowsFor, runRow } from './faults/runner';
import { openWays, type Ways } from './faults/world';
import { expect, test } from './fixtures';
import { realmApi } from './parity/keycloak';
import { portal, realmAdmin, stack } from './stack';
import { newAddress } from './visitor';

let ways: Ways & { close(): Promise<void> };

test.beforeAll(async () => {
  ways = await openWays(stack.faultPorts, {
    keycloak: () => Number(new URL(stack.keycloak.url).port),
    captcha: Number(new URL(stack.captcha.url).port),
    redis: stack.redis.port,
  });
});
test.afterAll(() => ways.close());

for (const row of rowsFor({ servers: undefined }, true)) {
  test(`no sign-up is lost or doubled, and everybody finds their way on: ${row.fault}`, async ({ browser }) => {
    test.setTimeout(180_000);
    const accounts = accountsOf(realmApi(await realmAdmin(), 'faults'));
    const world = { browser, ways, portal, mail: stack.mail, accounts, servers: undefined };
    const outcome = await runRow(world, row);
    expect(outcome).toMatchObject({ isLost: false, isDoubled: false, isDeadEnd: false, isUnmet: false });
  });
}

test('for many whose token is refused at once one is fetched', async () => {
  const come = () => comeAlong([portal('faults')], newAddress(), '192.0.2.1');
  // From here on there is one.
  await come();
  let refused: string | undefined;
  const isOld = (authorization: string) => {
    refused ??= authorization;
    return authorization === refused;
  };
  let fetched = 0;
  const count = async () => {
    fetched += 1;
  };
  const refusing = ways.keycloak.strike({
    method: 'POST',
    path: /\/admin\/.*\/users\/?$/,
    bears: isOld,
    act: { kind: 'answer', status: 401, body: '{"error":"HTTP 401 Unauthorized"}' },
  });
  const counting = ways.keycloak.strike({
    method: 'POST',
    path: /\/openid-connect\/token$/,
    act: { kind: 'before', work: count },
  });
  try {
    const fates = await Promise.all(Array.from({ length: 8 }, come));
    expect(fates.map(({ isAccepted, refused: times }) => [isAccepted, times])).toEqual(Array(8).fill([true, 0]));
    expect(fetched).toBe(1);
  } finally {
    await Promise.all([refusing(), counting()]);
  }
});

test('while Keycloak is away readiness says so, pages are served, and liveness does not change', async () => {
  test.setTimeout(120_000);
  const health = async (query: string) => {
    const answer = await fetch(`${portal('faults')}/api/health${query}`);
    return `${answer.status} ${((await answer.json()) as { status: string }).status}`;
  };
  // The realm is read anew in its own time.
  const soon = { timeout: 45_000 };
  await expect.poll(() => health('?ready'), soon).toBe('200 ok');
  await ways.keycloak.close();
  try {
    await expect.poll(() => health('?ready'), soon).toBe('503 Keycloak is away');
    expect(await health('?ready=pages')).toBe('200 Keycloak is away');
    expect(await health('')).toBe('200 ok');
    const page = await fetch(`${portal('faults')}/en/sign-up`);
    expect([page.status, (await page.text()).includes('name="email"')]).toEqual([200, true]);
  } finally {
    await ways.keycloak.open();
  }
  await expect.poll(() => health('?ready'), soon).toBe('200 ok');
});
