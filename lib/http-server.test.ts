import { EventEmitter, once } from 'node:events';
import { request as ask, createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { afterAnswer, answerFirst, beforeHead, onEveryRequest, peekBody } from './http-server';

/** What a server answers over a real connection. */
async function answerOf(answer: (response: ServerResponse) => void): Promise<Response> {
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await fetch(`http://127.0.0.1:${port}/here`, { redirect: 'manual' });
  } finally {
    await new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
  }
}

it('has the last word on status and headers, and lets an answer be where it has none', async () => {
  const changed = await answerOf((response) => {
    beforeHead(response, () => {
      response.removeHeader('etag');
      response.setHeader('retry-after', '5');
      return 429;
    });
    response.setHeader('etag', 'x');
    response.end('said');
  });
  expect([changed.status, changed.headers.get('retry-after'), changed.headers.get('etag')]).toEqual([429, '5', null]);
  expect(await changed.text()).toBe('said');
  const left = await answerOf((response) => {
    beforeHead(response, () => undefined);
    response.writeHead(404, { 'x-own': 'kept' }).end();
  });
  expect([left.status, left.headers.get('x-own')]).toEqual([404, 'kept']);
});

it('sees every request before the server does, and what it changes is what came', async () => {
  onEveryRequest(({ request }) => {
    request.url = `${request.url}-changed`;
  });
  let seen: string | undefined;
  await answerOf((response) => {
    seen = response.req.url;
    response.end();
  });
  expect(seen).toBe('/here-changed');
});

it('lets somebody answer first, and leaves to the server what nobody answers', async () => {
  answerFirst(({ request, response }) => {
    if (request.headers['x-mine'] === undefined) return false;
    if (request.headers['x-mine'] === 'throws') return Promise.reject(new Error('no'));
    if (request.headers['x-mine'] === 'after all not') return Promise.resolve(false);
    response.end('mine');
    return Promise.resolve(true);
  });
  const server = createServer((_, response) => response.end("the server's"));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ask = async (headers: Record<string, string>) => (await fetch(`http://127.0.0.1:${port}/`, { headers })).text();
  try {
    expect(await ask({})).toBe("the server's");
    expect(await ask({ 'x-mine': 'yes' })).toBe('mine');
    expect(await ask({ 'x-mine': 'after all not' })).toBe("the server's");
    expect(await ask({ 'x-mine': 'throws' })).toBe("the server's");
  } finally {
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
  }
});

describe('a body that was looked at', () => {
  /** What a server gets to read of a body, after a first look at it that expects so many bytes. */
  async function readTwice(parts: readonly Buffer[], expected: number) {
    const read: { first: string | undefined; next: string }[] = [];
    const server = createServer(async (request, response) => {
      const first = await peekBody(request, expected);
      await setImmediate();
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
      read.push({ first: first && String(first), next: String(Buffer.concat(chunks)) });
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve, reject) => {
      const asked = ask({ port, method: 'POST', agent: false }, (answer) => answer.resume().on('end', resolve));
      asked.on('error', reject);
      for (const part of parts) asked.write(part);
      asked.end();
    });
    await new Promise((resolve) => server.close(resolve));
    return read[0];
  }

  it('is there once more for whoever reads it then', async () => {
    for (const text of ['short', 'x'.repeat(200_000)])
      expect(await readTwice([Buffer.from(text)], text.length)).toEqual({ first: text, next: text });
    const parts = Array.from({ length: 50 }, (_, number) => `${number};`.repeat(500));
    const whole = parts.join('');
    expect(
      await readTwice(
        parts.map((part) => Buffer.from(part)),
        whole.length,
      ),
    ).toEqual({ first: whole, next: whole });
  });

  it('is nothing where its sender goes away before its end', async () => {
    const looked = new Promise((resolve) => {
      const server = createServer(async (request) => {
        resolve(await peekBody(request, 100));
        server.close();
      });
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        const asked = ask({ port, method: 'POST', agent: false, headers: { 'content-length': 100 } });
        asked.on('error', () => undefined);
        asked.write('short', () => asked.destroy());
      });
    });
    expect(await looked).toBeUndefined();
  });
});

it('does what is to be done after an answer, also what is told only then, and waits for it when it is closed', async () => {
  const [order, steps]: [string[], EventEmitter] = [[], new EventEmitter()];
  const server = createServer((_, response) => {
    const exchange = { response, server };
    afterAnswer(exchange, async () => {
      order.push('after the answer');
      afterAnswer(exchange, async () => {
        await once(steps, 'go on');
        order.push('told then');
        throw new Error('failed');
      });
      steps.emit('told');
    });
    response.end(() => order.push('answered'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const told = once(steps, 'told');
  await fetch(`http://127.0.0.1:${port}/`);
  await told;
  const closed = new Promise((resolve) => server.close(resolve)).then(() => order.push('closed'));
  server.closeAllConnections();
  await setImmediate();
  steps.emit('go on');
  await closed;
  expect(order).toEqual(['answered', 'after the answer', 'told then', 'closed']);
});
