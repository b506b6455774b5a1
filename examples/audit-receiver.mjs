import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

/** Whether a message is the portal's, unchanged and fresh (Standard Webhooks). `body` as it came, to the byte. */
export function isGenuine(headers, body, secret, now = Date.now()) {
  const sent = Number(headers['webhook-timestamp']);
  if (!(Math.abs(now / 1000 - sent) <= 300)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const right = createHmac('sha256', key).update(`${headers['webhook-id']}.${sent}.${body}`).digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice(3), 'base64'))
    .some((one) => one.length === right.length && timingSafeEqual(one, right));
}

/** Prints each event once: a message whose answer was lost comes again, with the same id. */
export function receiver(secret, print) {
  const seen = new Set();
  return createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    if (!isGenuine(request.headers, body, secret)) return response.writeHead(401).end();
    const id = request.headers['webhook-id'];
    if (!seen.has(id)) for (const event of JSON.parse(body).data.events) print(event);
    seen.add(id);
    response.writeHead(204).end();
  });
}
