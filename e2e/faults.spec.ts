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

test('for many who need a token at once one is fetched', async () => {
  let fetched = 0;
  const count = async () => {
    fetched += 1;
  };
  const refuses = { kind: 'answer', status: 401, body: '{"error":"HTTP 401 Unauthorized"}' } as const;
  const refusing = ways.keycloak.strike({ method: 'GET', path: /\/users\/?\?(?:.*&)?email=/, times: 8, act: refuses });
  const counting = ways.keycloak.strike({
    method: 'POST',
    path: /\/openid-connect\/token$/,
    act: { kind: 'before', work: count },
  });
  try {
    const fates = await Promise.all(
      Array.from({ length: 8 }, () => comeAlong([portal('faults')], newAddress(), '192.0.2.1')),
    );
    expect(fates.every(({ isAccepted }) => isAccepted)).toBe(true);
    expect(fetched).toBe(1);
  } finally {
    await Promise.all([refusing(), counting()]);
  }
});
