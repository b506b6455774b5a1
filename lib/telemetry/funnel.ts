import 'server-only';
import { clientLabel } from './client-label';
import type { AuditEvent } from './events';
import { type FunnelStep, metrics } from './metrics';

type Facts = Readonly<Record<string, unknown>>;

const came = (step: FunnelStep, client: string) => metrics().funnel.inc({ step, client });
const submit = (result: string, reason: unknown, client: string) =>
  metrics().submits.inc({ result, reason: typeof reason === 'string' ? reason : 'none', client });
const mail = (kind: 'verification' | 'owner', outcome: 'sent' | 'failed') =>
  metrics().mails.inc({ mail: kind, outcome });

/** The fields that codes of violations name, each once. The realm and the portal name fields; nobody else does. */
function fieldsIn(codes: unknown): ReadonlySet<string> {
  const all = Array.isArray(codes) ? codes.map((code) => String(code).split(':')[0] ?? '') : [];
  return new Set(all);
}

/** What each event counts as. Every label has few values, none of which a visitor chooses. */
const COUNTS: Partial<Record<AuditEvent, (client: string, facts: Facts) => void>> = {
  'sign-up.started': (client) => came('started', client),
  'sign-up.created': (client) => {
    came('created', client);
    submit('created', undefined, client);
  },
  'sign-up.repeated': (client) => submit('repeated', undefined, client),
  'sign-up.address-known': (client) => submit('address-known', undefined, client),
  'sign-up.invalid': (client, { codes }) => {
    submit('invalid', undefined, client);
    for (const field of fieldsIn(codes)) metrics().invalidFields.inc({ field });
  },
  'sign-up.captcha': (client, { why }) => submit('captcha', why, client),
  'sign-up.throttled': (client, { by }) => submit('throttled', by, client),
  'sign-up.crowded': (client) => submit('crowded', undefined, client),
  'sign-up.trapped': (client, { trap }) => submit('trapped', trap, client),
  'sign-up.unavailable': (client) => submit('unavailable', undefined, client),
  'verification-mail.sent': (client, { again }) => {
    mail('verification', 'sent');
    if (again !== true) came('mailed', client);
  },
  'verification-mail.failed': () => mail('verification', 'failed'),
  'sign-up.owner-told': () => mail('owner', 'sent'),
  'sign-up.owner-not-told': () => mail('owner', 'failed'),
  'sign-up.verified': (client) => came('verified', client),
  'sign-in.done': (client, { finishes }) => {
    metrics().signIns.inc({ outcome: 'done', client });
    if (finishes === true) came('signed_in', client);
  },
  'sign-in.unverified': (client) => metrics().signIns.inc({ outcome: 'unverified', client }),
  'sign-in.failed': (client) => metrics().signIns.inc({ outcome: 'failed', client }),
  'address.busy': () => metrics().busyAddresses.inc(),
};

/**
 * Counts an audit event.
 * @param client see `clientLabel`
 */
export function countEvent(event: AuditEvent, client: string, facts: Facts): void {
  COUNTS[event]?.(client, facts);
}

/**
 * Counts a page with the form. It is no audit event: robots and previews of links ask for pages, and nobody has begun yet.
 * @param clientId who sent the visitor
 */
export function countServed(clientId: string | undefined): void {
  came('served', clientLabel(clientId));
}
