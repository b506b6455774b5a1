import 'server-only';
import { after } from 'next/server';
import { answering } from '@/lib/answering';
import { auditWebhook } from './audit-webhook';
import { clientLabel } from './client-label';
import { AUDIT_EVENTS, type AuditEvent, type AuditFacts } from './events';
import { countEvent } from './funnel';
import { record } from './log';
import { traceId } from './tracing';
import { currentVisitor } from './visitor';

/**
 * Says that something has happened to a sign-up: as a line on standard output, to the webhook where there is one, and in the
 * metrics. Nobody waits for it, and it never fails what it tells of.
 * @param event see `AUDIT_EVENTS`
 * @param facts those that the event has in the table; others are left out
 * @param clientId who sent the visitor; the client of the page where it is left out
 */
export function audit<E extends AuditEvent>(event: E, facts: AuditFacts<E>, clientId?: string | undefined): void {
  void tell(event, facts, clientId);
}

async function tell<E extends AuditEvent>(event: E, facts: AuditFacts<E>, clientId: string | undefined) {
  const { level, facts: allowed } = AUDIT_EVENTS[event];
  const { clientId: pageClientId, ...visitor } = await currentVisitor();
  const client = clientLabel(clientId ?? pageClientId);
  const told: Record<string, unknown> = { ...visitor, traceId: traceId(), client };
  for (const [name, fact] of Object.entries(facts)) if (isAllowed(name, allowed)) told[name] = fact;
  record(level, event, told);
  countEvent(event, client, facts);
  const webhook = auditWebhook();
  if (webhook === undefined) return;
  webhook.add({ time: new Date().toISOString(), event, ...told });
  holdTheEnd(webhook.idle());
}

/** What a server that ends waits for already. */
let held: Promise<void> | undefined;

/**
 * Has a server that ends wait for the webhook. Once for as long as there is something to deliver, and not for each event: Next
 * keeps what it has been given until then, with the request around it, and a receiver may be away for hours.
 */
function holdTheEnd(delivered: Promise<void>): void {
  if (held === delivered) return;
  try {
    const own = answering();
    if (own === undefined) after(delivered);
    else own.after(() => delivered);
    held = delivered;
  } catch {
    // Next has no request here, and so nothing that would wait.
  }
}

const isAllowed = (name: string, allowed: readonly string[]) => allowed.includes(name);
