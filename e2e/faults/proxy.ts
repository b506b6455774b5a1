import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What happens to a request on its way. */
export type Act =
  /** The connection breaks before the request gets through. */
  | { readonly kind: 'reset' }
  /** Nobody ever answers. */
  | { readonly kind: 'hang' }
  /** The request gets through later (milliseconds). */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Somebody else answers. */
  | { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly type?: string }
  /** The answer is cut after half of it, and said to be whole. */
  | { readonly kind: 'garble' }
  /** Half of the answer comes, and nothing more. */
  | { readonly kind: 'stall' }
  /** The request is carried out, and its answer is lost. */
  | { readonly kind: 'lose-answer' }
  /** Something happens just before the request gets through, or just after it was carried out. */
  | { readonly kind: 'before' | 'after'; readonly work: () => Promise<unknown> };

/** A fault: which requests it meets, and how many of them; all where nothing is said. */
export interface Fault {
  readonly method?: string;
  readonly path?: RegExp;
  /** By the token that it bears. */
  readonly bears?: (authorization: string) => boolean;
  readonly times?: number;
  readonly act: Act;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** A way to a server, on which anything can happen. */
export class FaultyWay {
  readonly #port: number;
  readonly #target: () => number;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #open = new Set<Socket>();
  #server = createServer();
  #faults: { readonly fault: Fault; left: number }[] = [];
  /** How many requests a fault has met. */
  met = 0;

  /**
   * @param port where the portal looks for the server; localhost's, in both families
   * @param target the server's port, asked each time
   */
  constructor(port: number, target: () => number) {
    this.#port = port;
    this.#target = target;
  }

  /** Opens the way. */
  async open(): Promise<void> {
    this.#server = createServer((incoming, outgoing) => {
      this.#pass(incoming, outgoing).catch(() => outgoing.destroy());
    });
    this.#server.on('connection', (socket) => {
      this.#open.add(socket);
      socket.on('close', () => this.#open.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', resolve);
    });
  }

  /** Closes it, in the middle of whatever goes on: connections are refused from here on. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#open) socket.destroy();
    await closed;
  }

  /** Has a fault happen from now on. @returns ends it */
  strike(fault: Fault): () => Promise<void> {
    const struck = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
    this.#faults.push(struck);
    return async () => {
      this.#faults = this.#faults.filter((one) => one !== struck);
      // Whoever waits for an answer that never comes is cut off.
      if (fault.act.kind === 'hang' || fault.act.kind === 'stall') for (const socket of this.#open) socket.destroy();
    };
  }

  #actFor({ method, url = '', headers }: IncomingMessage): Act | undefined {
    const struck = this.#faults.find(
      ({ fault, left }) =>
        left > 0 &&
        (fault.method ?? method) === method &&
        (fault.path?.test(url) ?? true) &&
        (fault.bears?.(headers.authorization ?? '') ?? true),
    );
    if (struck === undefined) return undefined;
    struck.left -= 1;
    this.met += 1;
    return struck.fault.act;
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const act = this.#actFor(incoming);
    const body = await bodyOf(incoming);
    switch (act?.kind) {
      case 'reset':
        incoming.socket.resetAndDestroy();
        return;
      case 'hang':
        return;
      case 'answer':
        outgoing.writeHead(act.status, { 'content-type': act.type ?? 'application/json' }).end(act.body);
        return;
      case 'slow':
        await sleep(act.ms);
        break;
      case 'before':
        await act.work();
        break;
    }
    const answer = await this.#ask(incoming, body);
    if (act?.kind === 'after') await act.work();
    if (act?.kind === 'lose-answer') {
      incoming.socket.resetAndDestroy();
      return;
    }
    const half = answer.body.subarray(0, Math.ceil(answer.body.length / 2));
    const isCut = act?.kind === 'garble';
    outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': (isCut ? half : answer.body).length });
    if (act?.kind === 'stall') {
      outgoing.write(half);
      return;
    }
    outgoing.end(isCut ? half : answer.body);
  }

  #ask({ method, url: path, headers: sent }: IncomingMessage, body: Buffer): Promise<Answer> {
    // What comes in pieces goes on in one.
    const { 'transfer-encoding': _pieces, connection: _ours, ...headers } = sent;
    return new Promise((resolve, reject) => {
      const onward = request(
        {
          host: '127.0.0.1',
          port: this.#target(),
          method,
          path,
          headers: { ...headers, 'content-length': body.length },
          agent: this.#agent,
        },
        (answer) => {
          bodyOf(answer).then((whole) => {
            const { 'transfer-encoding': _pieces, connection: _ours, ...rest } = answer.headers;
            resolve({ status: answer.statusCode ?? 502, headers: rest, body: whole });
          }, reject);
        },
      );
      onward.on('error', reject);
      onward.end(body);
    });
  }
}
