import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook as Verifier } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isGenuine, receiver } from '@/examples/audit-receiver.mjs';
import { openWebhook, type WebhookOptions } from './webhook';

const SECRET = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`;

interface Message {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver on this machine: what came, and what it answers. */
const came: Message[] = [];
let answer: (response: ServerResponse, message: Message) => void;
let close: () => Promise<void>;
let url: string;

beforeEach(async () => {
  came.length = 0;
  answer = (response) => response.writeHead(204).end();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const message = { headers: request.headers, body };
      came.push(message);
      answer(response, message);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
});
afterEach(() => close());

const eventsIn = ({ body }: Message): unknown[] => JSON.parse(body).data.events;
const refuse = (status: number) => (response: ServerResponse) => response.writeHead(status).end();

function open(more: Partial<WebhookOptions> = {}) {
  const count = vi.fn<WebhookOptions['count']>();
  const tell = vi.fn<WebhookOptions['tell']>();
  const limits = { mostWaiting: 5, mostAtOnce: 3, timeout: 2_000, firstWait: 1, longestWait: 2, mostRefusals: 3 };
  const webhook = openWebhook({ url, secret: SECRET, ...limits, count, tell, ...more });
  const counted = (outcome: string) =>
    count.mock.calls.filter(([one]) => one === outcome).reduce((sum, [, events]) => sum + events, 0);
  return { ...webhook, counted, tell };
}

test('events come in their order, signed as Standard Webhooks has it: its own library takes them', async () => {
  const webhook = open();
  for (const n of [1, 2, 3, 4]) webhook.add({ n });
  await webhook.idle();
  expect(came.flatMap(eventsIn)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
  for (const { headers, body } of came) {
    const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect(new Verifier(SECRET).verify(body, signed)).toMatchObject({ type: 'audit.events' });
    expect(() => new Verifier(SECRET).verify(body.replace('audit', 'other'), signed)).toThrow();
  }
  expect(webhook.counted('delivered')).toBe(4);
  expect(webhook.tell).not.toHaveBeenCalled();
});

test('a receiver that ails gets the same message again until it is back, and that is told once', async () => {
  answer = (response) => (came.length < 8 ? refuse(503)(response) : refuse(200)(response));
  const webhook = open();
  webhook.add({ n: 1 });
  await webhook.idle();
  expect(new Set(came.map(({ headers, body }) => `${headers['webhook-id']} ${body}`)).size).toBe(1);
  expect(came).toHaveLength(8);
  expect(webhook.tell.mock.calls).toEqual([['lost', 'HTTP 503'], ['back']]);
});

test('one that refuses a message does not keep the next from coming', async () => {
  answer = (response, message) => refuse(message.body.includes('"bad"') ? 400 : 200)(response);
  const webhook = open({ mostAtOnce: 1 });
  webhook.add({ n: 'bad' });
  webhook.add({ n: 2 });
  await webhook.idle();
  expect(came.flatMap(eventsIn)).toEqual([{ n: 'bad' }, { n: 'bad' }, { n: 'bad' }, { n: 2 }]);
  expect([webhook.counted('dropped'), webhook.counted('delivered')]).toEqual([1, 1]);
});

test('a redirect is no delivery: what is signed for one place goes to no other', async () => {
  answer = (response) => response.writeHead(302, { location: '/elsewhere' }).end();
  const webhook = open();
  webhook.add({ n: 1 });
  await webhook.idle();
  expect(webhook.counted('dropped')).toBe(1);
});

test('while one is slow nobody waits, and of too many the oldest are dropped and counted', async () => {
  let release: (() => void) | undefined;
  const first = new Promise<void>((resolve) => {
    answer = (response) => {
      release = () => response.writeHead(200).end();
      resolve();
    };
  });
  const webhook = open();
  webhook.add({ n: 0 });
  await first;
  answer = refuse(200);
  for (const n of [1, 2, 3, 4, 5, 6, 7]) webhook.add({ n });
  release?.();
  await webhook.idle();
  expect(came.flatMap(eventsIn)).toEqual([0, 3, 4, 5, 6, 7].map((n) => ({ n })));
  expect([webhook.counted('dropped'), webhook.counted('delivered')]).toEqual([2, 6]);
});

test('one that takes too long is given up for this time', async () => {
  answer = (response) => {
    if (came.length > 1) refuse(200)(response);
  };
  const webhook = open({ timeout: 20 });
  webhook.add({ n: 1 });
  await webhook.idle();
  expect(came.length).toBeGreaterThan(1);
  expect(webhook.counted('delivered')).toBe(1);
  expect(webhook.tell.mock.calls[0]).toEqual(['lost', 'TimeoutError']);
});

test('the example in docs/observability.md takes what is genuine and fresh, once, and nothing else', async () => {
  const example = readFileSync(new URL('../../examples/audit-receiver.mjs', import.meta.url), 'utf8');
  const manual = readFileSync(new URL('../../docs/observability.md', import.meta.url), 'utf8');
  expect(manual).toContain(example);

  const printed: unknown[] = [];
  const server = receiver(SECRET, (event: unknown) => printed.push(event));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const there = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const webhook = open({ url: there });
  webhook.add({ n: 1 });
  await webhook.idle();
  expect(printed).toEqual([{ n: 1 }]);
  const stranger = open({ url: there, secret: `whsec_${Buffer.alloc(24).toString('base64')}` });
  stranger.add({ n: 2 });
  await stranger.idle();
  expect([stranger.counted('dropped'), printed.length]).toEqual([1, 1]);
  await new Promise((resolve) => server.close(resolve));

  const kept = open();
  kept.add({ n: 3 });
  await kept.idle();
  const { headers, body } = came[0] as Message;
  const sent = Number(headers['webhook-timestamp']) * 1_000;
  expect(isGenuine(headers, body, SECRET, sent)).toBe(true);
  expect(isGenuine(headers, body, SECRET, sent + 301_000)).toBe(false);
  expect(isGenuine({ ...headers, 'webhook-timestamp': 'x' }, body, SECRET, sent)).toBe(false);
});

test('at the end what waits goes out at once, however long the pause would have been', async () => {
  answer = (response) => (came.length < 2 ? refuse(500)(response) : refuse(200)(response));
  const lost = new Promise<void>((resolve) => {
    const webhook = open({
      firstWait: 3_600_000,
      longestWait: 3_600_000,
      tell: (what) => what === 'lost' && resolve(),
    });
    webhook.add({ n: 1 });
    void vi.waitFor(() => expect(came).toHaveLength(1)).then(() => webhook.finish(2_000));
  });
  await lost;
  await vi.waitFor(() => expect(came).toHaveLength(2));
});

test('a receiver that never answers holds the end up for no longer than it may', async () => {
  answer = () => undefined;
  const webhook = open();
  webhook.add({ n: 1 });
  await vi.waitFor(() => expect(came).toHaveLength(1));
  webhook.add({ n: 2 });
  await webhook.finish(10);
  webhook.add({ n: 3 });
  expect(webhook.counted('dropped')).toBe(3);
});
