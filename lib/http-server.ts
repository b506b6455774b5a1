import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A request as Node's own server has it, before Next does. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
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
