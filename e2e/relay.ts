import { connect, createServer, type Socket } from 'node:net';
import { stack } from './stack';

/** A way that a test can cut. */
interface Relay {
  /** Cuts it, in the middle of whatever goes on. */
  cut(): Promise<void>;
}

/**
 * Opens a way from one port to another; until then, and afterwards, nobody answers on the first.
 * @param port where the portal looks
 * @param target where it leads; a silent one takes connections and leads nowhere
 */
export async function openRelay(port: number, target: number | 'silence'): Promise<Relay> {
  const open = new Set<Socket>();
  const server = createServer((portal) => {
    open.add(portal);
    portal.on('close', () => open.delete(portal));
    // One end that breaks breaks the other.
    if (target === 'silence') return portal.on('error', () => undefined).resume();
    const there = connect(target, '127.0.0.1');
    open.add(there);
    there.on('close', () => open.delete(there));
    portal.on('error', () => there.destroy()).pipe(there);
    there.on('error', () => portal.destroy()).pipe(portal);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    async cut() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/**
 * Opens the way on which the portal `cut-off` reaches Keycloak.
 * @returns cuts it again
 */
export async function openWayToKeycloak(): Promise<() => Promise<void>> {
  const relay = await openRelay(stack.relayPort, Number(new URL(stack.keycloak.url).port));
  return () => relay.cut();
}
