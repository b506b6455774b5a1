import { type Agent, type IncomingMessage, type OutgoingHttpHeaders, request, type ServerResponse } from 'node:http';

/**
 * Hands a request on as it came, and its answer back, piece by piece.
 * @param to port of the server on this machine, the agent whose connections are used (false: a new one each), and the headers
 *   that are sent in place of those that came
 */
export function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { port, agent, headers = incoming.headers }: { port: number; agent: Agent | false; headers?: OutgoingHttpHeaders },
): void {
  const { method, url: path } = incoming;
  const onward = request({ host: '127.0.0.1', port, method, path, headers, agent }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
