import 'server-only';
import { createHmac } from 'node:crypto';

/**
 * The headers of a webhook (Standard Webhooks 1.0.0, "Signature scheme"): the receiver knows by them that it is ours, that
 * nobody changed it, when it was sent and whether it has come before.
 * @param secret `whsec_` and the key in base64
 * @param id of the message; the same each time that it is sent
 * @param now milliseconds since 1970
 * @param body as it is sent, to the byte
 */
export function signatureHeaders(secret: string, id: string, now: number, body: string): Record<string, string> {
  const timestamp = String(Math.floor(now / 1_000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
