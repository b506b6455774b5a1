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
