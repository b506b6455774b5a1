import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { measureRequests, routeKind } from './http-metrics';
import { metrics } from './metrics';

test.each([
  ['GET', '/en/sign-up?client_id=shop', 'sign-up'],
  ['POST', '/de/embed/sign-up', 'sign-up-form'],
  ['HEAD', '/en/welcome', 'page'],
  ['POST', '/en/sign-up/check-email', 'page-form'],
  ['GET', '/_next/static/chunks/x.js', 'file'],
  ['GET', '/api/health?ready', 'probe'],
  ['GET', '/api/auth/callback/keycloak?code=x', 'sign-in'],
  ['DELETE', '/api/sign-up/status', 'api'],
  ['GET', '/realms/demo/protocol/openid-connect/auth', 'drop-in'],
  ['GET', '/ada@example.com', 'page'],
  [undefined, undefined, 'page-form'],
])('%s %s is one of few kinds: %s', (method, target, kind) => {
  expect(routeKind(method, target)).toBe(kind);
});

test('every request is measured once, by kind and status', async () => {
  measureRequests();
  const server = createServer((_, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}/ada@example.com?q=ada`);
  const measured = 'vestibule_http_request_duration_seconds_count{route="page",status="404"} 1';
  await vi.waitFor(async () => expect(await metrics().registry.metrics()).toContain(measured));
  expect(await metrics().registry.metrics()).not.toContain('ada');
  server.close();
});
