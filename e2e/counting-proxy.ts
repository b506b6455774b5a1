import { Agent } from 'node:http';
import { serveHttp } from '../stack/http';
import { forward } from './forward';

/** A way to Keycloak on which every request is noted. */
export interface CountingProxy {
  /** Method and path of each since {@link forget}, in order; ids and the realm's name are left out. */
  readonly seen: readonly string[];
  forget(): void;
  stop(): Promise<void>;
}

/** What tells one call from another: what its ids are does not. */
function nameOf(method: string, url: string): string {
  const [path = ''] = url.split('?');
  return `${method} ${path.replace(/\/realms\/[^/]+/, '/realms/*').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*')}`;
}

/**
 * Starts a proxy in front of a Keycloak. What it was asked as is passed on, so that Keycloak names itself by that address.
 * @param port where the portal looks for Keycloak
 * @param target port of Keycloak
 */
export async function startCountingProxy(port: number, target: number): Promise<CountingProxy> {
  const seen: string[] = [];
  const agent = new Agent({ keepAlive: true });
  const server = await serveHttp(port, (incoming, _url, outgoing) => {
    seen.push(nameOf(incoming.method ?? 'GET', incoming.url ?? '/'));
    forward(incoming, outgoing, { port: target, agent });
  });
  return {
    seen,
    forget: () => void seen.splice(0),
    async stop() {
      await server.stop();
      agent.destroy();
    },
  };
}
