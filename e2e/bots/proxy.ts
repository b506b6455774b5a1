import { createServer, request } from 'node:http';

/** A proxy in front of a portal, as an operator runs one. */
export interface Proxy {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts a proxy that appends its visitor's address to `X-Forwarded-For`, and keeps whatever stood there: a trusted one.
 * @param target origin of the portal
 */
export function startProxy(target: string): Promise<Proxy> {
  const { port } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const before = incoming.headers['x-forwarded-for'];
    const peer = incoming.socket.remoteAddress ?? '';
    const headers = { ...incoming.headers, 'x-forwarded-for': before === undefined ? peer : `${before}, ${peer}` };
    const { method, url: path } = incoming;
    const onward = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address !== null ? address.port : 0,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}
