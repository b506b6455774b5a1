import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ReservedPort, reservePort } from '../ports';
import type { CaughtMail } from './mailbox';
import { type RunningMail, startMail } from './start';

let mail: RunningMail;
const ports: ReservedPort[] = [];

beforeAll(async () => {
  ports.push(await reservePort(), await reservePort());
  const [http, smtp] = ports.map(({ port }) => port);
  mail = await startMail({ http: http ?? 0, smtp: smtp ?? 0 });
});
beforeEach(async () => {
  await behave('accept');
  await fetch(`${mail.url}/api/messages`, { method: 'DELETE' });
});
afterAll(async () => {
  await mail.stop();
  for (const port of ports) port.release();
});

async function behave(mode: string): Promise<number> {
  const response = await fetch(`${mail.url}/api/behaviour`, { method: 'PUT', body: JSON.stringify({ mode }) });
  return response.status;
}

async function look(query: string): Promise<CaughtMail[]> {
  return (await (await fetch(`${mail.url}/api/messages?${query}`)).json()) as CaughtMail[];
}

/** Speaks SMTP the plain way: says each line when the one before was answered. @returns every answer */
function converse(lines: string[]): Promise<{ answers: string[]; greetedAfterMs: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const answers: string[] = [];
    const left = [...lines];
    let greetedAfterMs = 0;
    const socket = connect(mail.smtpPort, '127.0.0.1');
    socket.setTimeout(400, () => socket.destroy());
    socket.once('error', reject);
    socket.once('close', () => resolve({ answers, greetedAfterMs }));
    socket.on('data', (data) => {
      if (answers.length === 0) greetedAfterMs = performance.now() - started;
      answers.push(data.toString().trim());
      const next = left.shift();
      if (next === undefined) socket.end();
      else socket.write(`${next}\r\n`);
    });
  });
}

function send(to: string, subject: string, body: string): ReturnType<typeof converse> {
  const message = ['From: Shop <shop@example.com>', `To: ${to}`, `Subject: ${subject}`, 'MIME-Version: 1.0', body, '.'];
  return converse([
    'EHLO test',
    'MAIL FROM:<shop@example.com>',
    `RCPT TO:<${to}>`,
    'DATA',
    message.join('\r\n'),
    'QUIT',
  ]);
}

const HTML =
  'Content-Type: text/html; charset=utf-8\r\n\r\n<p>Grüße <a href="http://kc.test/a?x=1&amp;y=2">here</a></p>';

test('a mail is found by its recipient, with its links, newest first', async () => {
  await send('ann@example.com', 'First', '\r\nSee http://kc.test/first.');
  await send('Ann@Example.com', 'Second', HTML);
  await send('bob@example.com', 'Other', '\r\nHello');
  const found = await look('to=ann@example.com');
  expect(found.map((one) => one.subject)).toEqual(['Second', 'First']);
  expect(found.map((one) => one.links)).toEqual([['http://kc.test/a?x=1&y=2'], ['http://kc.test/first']]);
  expect(found[0]).toMatchObject({ from: 'shop@example.com', to: ['Ann@Example.com'] });
  expect(found[0]?.html).toContain('Grüße');
  expect(await look('')).toHaveLength(3);
});

test('a look-up can wait for the mail that is on its way', async () => {
  const waiting = look('to=late@example.com&wait=5&count=1');
  await send('late@example.com', 'Here', '\r\nx');
  expect(await waiting).toHaveLength(1);
  expect(await look('to=never@example.com&wait=0.01')).toEqual([]);
});

test('the greeting comes at once', async () => {
  const { answers, greetedAfterMs } = await converse(['QUIT']);
  expect(answers).toHaveLength(2);
  expect(answers[0]).toMatch(/^220 /);
  expect(greetedAfterMs).toBeLessThan(90);
});

test('it greets once, however long the client stays', async () => {
  const { answers } = await converse([]);
  expect(answers).toHaveLength(1);
});

test('told to refuse, it says 550 at RCPT', async () => {
  await behave('refuse');
  const { answers } = await send('ann@example.com', 'No', '\r\nx');
  expect(answers[3]).toMatch(/^550 /);
  expect(await look('')).toEqual([]);
});

test('told to hang, it takes the data and never answers', async () => {
  await behave('hang');
  const { answers } = await send('ann@example.com', 'No', '\r\nx');
  expect(answers.at(-1)).toMatch(/^354 /);
  expect(await look('')).toEqual([]);
});

test('an unknown behaviour is refused', async () => {
  expect(await behave('explode')).toBe(400);
});

test('the pages show the mail without giving it rights', async () => {
  await send('ann@example.com', 'Hi <script>', HTML);
  const inbox = await (await fetch(mail.url)).text();
  expect(inbox).toContain('Hi &lt;script&gt;');
  const path = /href="(\/messages\/[^"]+)"/.exec(inbox)?.[1] ?? '';
  const page = await (await fetch(mail.url + path)).text();
  expect(page).toContain('href="http://kc.test/a?x=1&amp;y=2"');
  expect(page).toContain('sandbox="allow-popups');
  const html = await fetch(`${mail.url}${path}/html`);
  expect(html.headers.get('content-security-policy')).toMatch(/^sandbox /);
});
