import { accountsOf } from './faults/accounts';
import { rowsFor, runRow } from './faults/runner';
import { openWays, type Ways } from './faults/world';
import { expect, test } from './fixtures';
import { realmApi } from './parity/keycloak';
import { portal, realmAdmin, stack } from './stack';

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
