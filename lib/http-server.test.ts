import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { answerFirst, beforeHead, onEveryRequest } from './http-server';

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
