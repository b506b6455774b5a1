import type { Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Mailbox } from './mailbox';

/** What the server does with mail: takes it, says 550 at RCPT, or takes the data and never answers. */
export const BEHAVIOURS = ['accept', 'refuse', 'hang'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

/** An SMTP server whose behaviour can be changed while it runs. */
export interface SmtpServer {
  behaviour: Behaviour;
  stop(): Promise<void>;
}

/**
 * smtp-server keeps every client waiting 100 ms before its greeting, to catch spammers that talk too soon. The timer
 * cannot be configured, but the method that it calls is public: it is called at once here, and the later call, for a
 * connection that has long been greeted, does nothing.
 */
class PromptServer extends SMTPServer {
  override connect(...args: Parameters<SMTPServer['connect']>): void {
    super.connect(...args);
    const connection = [...this.connections].at(-1);
    if (!connection) return;
    const greet = connection.connectionReady.bind(connection);
    connection.connectionReady = () => undefined;
    greet();
  }
}

/** An answer that the client sees with this SMTP code. */
function refusal(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code });
}

/**
 * Starts an SMTP server on 127.0.0.1 that puts what it accepts into a mailbox. No TLS, no log-in.
 * @param port where
 * @param mailbox gets every accepted mail
 * @returns the running server
 */
export function startSmtp(port: number, mailbox: Mailbox): Promise<SmtpServer> {
  const running: SmtpServer = {
    behaviour: 'accept',
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
  const sockets = new Set<Socket>();
  const server = new PromptServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    onRcptTo(_address, _session, done) {
      done(running.behaviour === 'refuse' ? refusal(550, 'No such mailbox here') : null);
    },
    onData(stream, session, done) {
      if (running.behaviour === 'hang') {
        stream.resume();
        return;
      }
      const { mailFrom, rcptTo } = session.envelope;
      simpleParser(stream).then(
        (parsed) => {
          const to = rcptTo.map((recipient) => recipient.address);
          mailbox.add(parsed, mailFrom ? mailFrom.address : '', to);
          done();
        },
        (error: unknown) => done(refusal(451, String(error))),
      );
    },
  });
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // A client that hangs up in the middle is nobody's fault; without a listener it would end the process.
  server.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(running));
  });
}
