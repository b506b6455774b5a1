import { connect, createServer, type Socket } from 'node:net';
import { stack } from './stack';

/**
 * Opens the way on which the portal `cut-off` reaches Keycloak; until then, and afterwards, nobody answers it.
 * @returns cuts it again, in the middle of whatever goes on
 */
export async function openWayToKeycloak(): Promise<() => Promise<void>> {
  const open = new Set<Socket>();
  const { hostname, port } = new URL(stack.keycloak.url);
  const server = createServer((portal) => {
    const keycloak = connect(Number(port), hostname);
    for (const [from, to] of [
      [portal, keycloak],
      [keycloak, portal],
    ] as const) {
      open.add(from);
      from.pipe(to);
      // One end that breaks breaks the other.
      from.on('error', () => to.destroy());
      from.on('close', () => open.delete(from));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(stack.relayPort, '127.0.0.1', resolve);
  });
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of open) socket.destroy();
    await closed;
  };
}
