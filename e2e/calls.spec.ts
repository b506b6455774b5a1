import { startCountingProxy } from './counting-proxy';
import { expect, test } from './fixtures';
import { portal, stack } from './stack';
import { choosePassword, fillRequired, newAddress, submit } from './visitor';

/** What a sign-up asks of Keycloak, in order: the account, the mail. */
const OF_A_SIGN_UP = ['POST /admin/realms/*/users/', 'PUT /admin/realms/*/users/*/execute-actions-email'];

/** Read now and then for everybody, and not for one visitor. */
const FOR_EVERYBODY =
  /^(GET \/admin\/realms\/\*($|\/users\/profile|\/authentication|\/groups|\/group-by-path|\/identity-provider)|GET \/resources\/|POST \/realms\/\*\/protocol\/openid-connect\/token)/;

test('a view asks nothing of Keycloak, and a sign-up no more than two things', async ({ page, request }) => {
  const address = `${portal('cut-off')}/en/sign-up`;
  const proxy = await startCountingProxy(stack.relayPort, Number(new URL(stack.keycloak.url).port));
  const ofOneVisitor = () => proxy.seen.filter((call) => !FOR_EVERYBODY.test(call));
  try {
    // Its Keycloak was not there until now.
    await expect.poll(async () => (await request.get(address)).text(), { timeout: 30_000 }).toContain('name="email"');
    proxy.forget();
    for (let view = 0; view < 20; view++) expect((await request.get(address)).status()).toBe(200);
    expect(ofOneVisitor()).toEqual([]);

    await page.goto(address);
    await fillRequired(page, newAddress());
    await choosePassword(page);
    proxy.forget();
    await submit(page);
    await page.waitForURL('**/check-email');
    expect(ofOneVisitor()).toEqual(OF_A_SIGN_UP);
  } finally {
    await proxy.stop();
  }
});
