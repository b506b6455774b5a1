import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A request as Node's own server has it, before Next does. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
  readonly server: Server;
}

/**
 * Sees every request before Next does; what it changes, Next takes for what came. Only where the server is Node's own.
 * @param see called in the order in which those who want to see were added, once for each request
 */
export function onEveryRequest(see: (exchange: Exchange) => void): void {
  subscribe('http.server.request.start', (message) => see(message as Exchange));
}

/**
 * Has a last word on the head of an answer, when all else is said.
 * @param decide may change headers; its result, where there is one, is the status in place of what was meant
 */
export function beforeHead(response: ServerResponse, decide: () => number | undefined): void {
  const writeHead = response.writeHead.bind(response) as (...all: unknown[]) => ServerResponse;
  response.writeHead = (meant: number, ...rest: unknown[]) => writeHead(decide() ?? meant, ...rest);
}

/**
 * Lets somebody answer in Next's place. Only where the server is Node's own.
 * @param answer called after {@link onEveryRequest}'s have seen the request; false, at once or in the end, leaves the request
 *   to Next, as does whatever it throws
 */
export function answerFirst(answer: (exchange: Exchange) => Promise<boolean> | false): void {
  const seen = new WeakSet<Server>();
  onEveryRequest(({ server }) => {
    if (seen.has(server)) return;
    seen.add(server);
    // Before it can be closed.
    heldBy(server);
    const others = server.listeners('request');
    server.removeAllListeners('request');
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const pass = () => {
        for (const listener of others) listener.call(server, request, response);
      };
      const answered = answer({ request, response, socket: request.socket, server });
      if (answered === false) return pass();
      void answered
        .catch(() => false)
        .then((isDone) => {
          if (!isDone && !response.headersSent) pass();
        });
    });
  });
}

/**
 * Reads a request's body, and leaves it to be read once more.
 * @param length of the body in bytes, as the request says it
 * @returns undefined where the request ends before
 */
export function peekBody(request: IncomingMessage, length: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let read = 0;
    const finish = () => {
      request.off('readable', onReadable);
      request.off('close', finish);
      const body = Buffer.concat(parts);
      // Nobody has been told yet that the stream has ended, so that it can still be put back.
      if (read > 0 && !request.readableEnded) request.unshift(body);
      resolve(read === length ? body : undefined);
    };
    const onReadable = () => {
      while (read < length) {
        const part: Buffer | null = request.read();
        if (part === null) break;
        parts.push(part);
        read += part.length;
      }
      if (read >= length || request.readableEnded) finish();
    };
    request.on('readable', onReadable);
    request.once('close', finish);
  });
}

const held = new WeakMap<Server, Set<Promise<unknown>>>();

/** What a server waits for when it is closed, besides its answers. */
function heldBy(server: Server): Set<Promise<unknown>> {
  const known = held.get(server);
  if (known !== undefined) return known;
  const works = new Set<Promise<unknown>>();
  const close = server.close.bind(server);
  server.close = (then) => close((error) => void Promise.allSettled(works).then(() => then?.(error)));
  held.set(server, works);
  return works;
}

/**
 * Does something once an answer is gone, or its visitor. A server that is being closed waits for it, as it waits for the
 * answers themselves.
 * @param work however it ends
 */
export function afterAnswer(
  { response, server }: Pick<Exchange, 'response' | 'server'>,
  work: () => Promise<void>,
): void {
  const works = heldBy(server);
  // That it has closed is told but once.
  const gone = response.closed ? Promise.resolve() : new Promise<void>((done) => response.once('close', () => done()));
  const whole = gone.then(work);
  works.add(whole);
  const forget = () => works.delete(whole);
  whole.then(forget, forget);
}
