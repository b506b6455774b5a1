import { Agent, createServer, request } from 'node:http';

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
export function startCountingProxy(port: number, target: number): Promise<CountingProxy> {
  const seen: string[] = [];
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    seen.push(nameOf(method, url));
    const onward = request({ agent, host: '127.0.0.1', port: target, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve({
        seen,
        forget: () => void seen.splice(0),
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
            agent.destroy();
          }),
      }),
    );
  });
}
