import { ensureChromium } from './chromium';
import { describeFailure } from './failure';
import { PRODUCT_CLIENT } from './product';
import { type Stack, startStack } from './stack';
import { walkOneSignUp } from './walk';

const started = Date.now();

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function progress(line: string): void {
  say(`[${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s] ${line}`);
}

function announce(stack: Stack): void {
  const { keycloak, product, mail, folder } = stack;
  const portal = stack.portals.portal?.url ?? '';
  const query = new URLSearchParams({ client_id: PRODUCT_CLIENT, redirect_uri: `${product.url}/arrive` });
  say('');
  say(`Sign-up page      ${portal}/en/sign-up?${query}`);
  say(`Product           ${product.url}`);
  say(`Inbox             ${mail.url}`);
  say(`Keycloak console  ${keycloak.url}/admin/${keycloak.realm}/console/`);
  say(
    `                  user ${keycloak.adminUsername}, password ${keycloak.adminPassword} (sign in at ${keycloak.url}/admin/)`,
  );
  say(`Logs              ${folder}`);
  say('');
}

/** Resolves when somebody wants the demo to end; asking again while it stops changes nothing. */
function untilAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    // Listening for signals alone does not keep Node running.
    setInterval(() => undefined, 60_000);
  });
}

async function demo(check: boolean): Promise<void> {
  // Better to hear it now than after a minute of starting.
  if (check) ensureChromium();
  const stack = await startStack({
    name: check ? 'check' : 'demo',
    progress,
    portals: { portal: {} },
    everyWay: ['demo'],
    preferredPorts: { portal: 3000, product: 3001, keycloak: 8080, mail: 8025, captcha: 8026 },
  });
  try {
    announce(stack);
    if (check) {
      await walkOneSignUp(stack, progress);
      progress('The sign-up works from end to end.');
    } else {
      progress('Ready. Ctrl-C ends it.');
      await untilAsked();
    }
  } finally {
    progress('Stopping');
    await stack.stop();
  }
}

demo(process.argv.includes('--check')).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${describeFailure(error)}\n`);
    process.exit(1);
  },
);
