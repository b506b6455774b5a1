import 'server-only';
import { env } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { log } from './log';
import { metrics } from './metrics';
import { openWebhook, type Webhook } from './webhook';

/** How long a server that ends waits for the receiver (milliseconds). */
const LAST_MS = 5_000;

function open(url: string, secret: string): Webhook {
  const webhook = openWebhook({
    url,
    secret,
    mostWaiting: 5_000,
    // Some 15 KB; Standard Webhooks advises to stay below 20.
    mostAtOnce: 50,
    timeout: 10_000,
    firstWait: 1_000,
    longestWait: 60_000,
    mostRefusals: 5,
    count: (outcome, events) => metrics().webhookEvents.inc({ outcome }, events),
    tell: (what, why) => log(what === 'lost' ? 'error' : 'info', `audit-webhook.${what}`, { reason: why }),
  });
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void webhook.finish(LAST_MS));
  return webhook;
}

/** Takes audit events to `AUDIT_WEBHOOK_URL`; undefined where there is none. */
export function auditWebhook(): Webhook | undefined {
  const { AUDIT_WEBHOOK_URL: url, AUDIT_WEBHOOK_SECRET: secret } = env();
  if (url === undefined || secret === undefined) return undefined;
  return processWide('audit-webhook', () => open(url, secret));
}
