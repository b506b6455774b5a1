import { type HttpServer, readBody, sendJson, sendPage, serveHttp } from '../http';
import { Mailbox } from './mailbox';
import { inboxPage, mailPage } from './page';
import { BEHAVIOURS, type SmtpServer, startSmtp } from './smtp';

/** A running mail catcher. */
export interface RunningMail {
  url: string;
  smtpPort: number;
  stop(): Promise<void>;
}

/** The longest that a look-up may wait. */
const LONGEST_WAIT_S = 60;

/** Serves the inbox for people and the look-up for tests. */
function serveInbox(port: number, mailbox: Mailbox, smtp: SmtpServer): Promise<HttpServer> {
  return serveHttp(port, async (request, url, response) => {
    const [, first, id, part] = url.pathname.split('/');
    const route = `${request.method} ${url.pathname}`;
    if (route === 'GET /') return sendPage(response, 200, inboxPage(mailbox.find()));
    if (route === 'GET /api/messages') {
      const wait = Math.min(Number(url.searchParams.get('wait') ?? 0), LONGEST_WAIT_S) * 1000;
      const count = Number(url.searchParams.get('count') ?? 1);
      return sendJson(response, 200, await mailbox.waitFor(url.searchParams.get('to'), wait > 0 ? count : 0, wait));
    }
    if (route === 'DELETE /api/messages') {
      mailbox.clear();
      response.writeHead(204).end();
      return;
    }
    if (route === 'GET /api/behaviour') return sendJson(response, 200, { mode: smtp.behaviour });
    if (route === 'PUT /api/behaviour') {
      const asked = JSON.parse(await readBody(request)) as { mode?: unknown };
      const mode = BEHAVIOURS.find((one) => one === asked.mode);
      if (!mode) return sendJson(response, 400, { error: `mode must be one of ${BEHAVIOURS.join(', ')}` });
      smtp.behaviour = mode;
      return sendJson(response, 200, { mode });
    }
    const mail = request.method === 'GET' && first === 'messages' ? mailbox.get(id ?? '') : undefined;
    if (!mail) return sendJson(response, 404, { error: 'nothing here' });
    if (part !== 'html') return sendPage(response, 200, mailPage(mail));
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      // Opened by itself, the mail has no more rights than in the frame.
      'Content-Security-Policy': 'sandbox allow-popups allow-popups-to-escape-sandbox',
    });
    response.end(`<base target="_blank">${mail.html}`);
  });
}

/**
 * Starts the mail catcher on 127.0.0.1: SMTP, `GET /` (inbox), `GET /api/messages?to=&wait=<s>&count=` (JSON, newest
 * first; with `wait` it answers as soon as `count` mails are there), `DELETE /api/messages`,
 * `PUT /api/behaviour {"mode":"accept"|"refuse"|"hang"}`.
 * @param ports where to listen
 * @returns its address and SMTP port
 */
export async function startMail(ports: { http: number; smtp: number }): Promise<RunningMail> {
  const mailbox = new Mailbox();
  const smtp = await startSmtp(ports.smtp, mailbox);
  const http = await serveInbox(ports.http, mailbox, smtp);
  return {
    url: http.url,
    smtpPort: ports.smtp,
    async stop() {
      await Promise.all([http.stop(), smtp.stop()]);
    },
  };
}
