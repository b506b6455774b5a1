import { DEMO_PREVIEWER } from '../keycloak/demo-person';
import { ensureChromium } from './chromium';
import { describeFailure } from './failure';
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
  const { keycloak, product, developers, mail, folder } = stack;
  const portal = stack.portals.portal?.url ?? '';
  const signUp = (client_id: string, { url }: { url: string }) =>
    `${portal}/en/sign-up?${new URLSearchParams({ client_id, redirect_uri: `${url}/arrive` })}`;
  say('');
  say(`Sign-up page      ${signUp('shop', product)}`);
  say(`  of another      ${signUp('developers', developers)}`);
  say(`Configuration     ${stack.portals.portal?.config} (read anew when it changes)`);
  say(`Preview           ${portal}/preview`);
  say(`                  user ${DEMO_PREVIEWER.username}, password ${DEMO_PREVIEWER.password}`);
  say(`Products          ${product.url} (shop)  ${developers.url} (developers)`);
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
    // Whoever tries things out signs up more often than a visitor does.
    portals: { portal: { ACCOUNTS_PER_HOUR: '100' } },
    everyWay: ['demo'],
    configFiles: ['portal'],
    preferredPorts: { portal: 3000, product: 3001, developers: 3002, keycloak: 8080, mail: 8025, captcha: 8026 },
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
