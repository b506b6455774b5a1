import { serveHttp } from '../../stack/http';
import { reservePort } from '../../stack/ports';
import { forward } from '../forward';

/** A proxy in front of a portal, as an operator runs one. */
export interface Proxy {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts a proxy that appends its visitor's address to `X-Forwarded-For`, and keeps whatever stood there: a trusted one.
 * @param target origin of the portal
 */
export async function startProxy(target: string): Promise<Proxy> {
  const reserved = await reservePort();
  const to = { port: Number(new URL(target).port), agent: false } as const;
  const server = await serveHttp(reserved.port, (incoming, _url, outgoing) => {
    const before = incoming.headers['x-forwarded-for'];
    const peer = incoming.socket.remoteAddress ?? '';
    const headers = { ...incoming.headers, 'x-forwarded-for': before === undefined ? peer : `${before}, ${peer}` };
    forward(incoming, outgoing, { ...to, headers });
  });
  return {
    port: reserved.port,
    async stop() {
      await server.stop();
      reserved.release();
    },
  };
}
