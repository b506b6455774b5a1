import 'server-only';

interface AuditEventKind {
  readonly level: 'info' | 'warn' | 'error';
  /** What has happened. */
  readonly says: string;
  /** What is told of it besides what every event has; nothing else ever is. Codes, ids and counts, never what was typed. */
  readonly facts: readonly string[];
}

/** Every audit event by name: the one table, which `docs/observability.md` shows. */
export const AUDIT_EVENTS = {
  'sign-up.started': { level: 'info', says: 'A form that was served has been sent for the first time', facts: [] },
  'sign-up.invalid': {
    level: 'info',
    says: 'Refused: fields are wrong, by the realm’s rules or the portal’s',
    facts: ['codes'],
  },
  'sign-up.captcha': { level: 'info', says: 'Refused: the CAPTCHA was not passed', facts: ['why'] },
  'sign-up.throttled': { level: 'info', says: 'Refused: a limit holds, for whom or what', facts: ['by'] },
  'sign-up.crowded': {
    level: 'warn',
    says: 'Refused for now: as many sign-ups are being made as can be; in seconds, when to come back',
    facts: ['retryAfter'],
  },
  'sign-up.trapped': {
    level: 'info',
    says: 'Refused: the honeypot was filled in, or the form sent too soon, too late or too often',
    facts: ['trap'],
  },
  'sign-up.unavailable': { level: 'error', says: 'Refused: Keycloak can’t be used', facts: ['reason'] },
  'sign-up.answer-lost': {
    level: 'warn',
    says: 'Keycloak’s answer to a new account was lost, and whether the account was found to be made',
    facts: ['reason', 'wasMade'],
  },
  'sign-up.created': { level: 'info', says: 'The account was made', facts: ['userId', 'passwordMode', 'terms'] },
  'sign-up.repeated': { level: 'info', says: 'The same sign-up came again; its account is there', facts: ['userId'] },
  'sign-up.replaced': {
    level: 'info',
    says: 'It took the place of one with the same address that nobody had confirmed',
    facts: ['userId', 'replaced'],
  },
  'sign-up.address-known': { level: 'info', says: 'The address has an account; nothing was made', facts: [] },
  'sign-up.owner-told': { level: 'info', says: 'The owner of a known address was told by mail', facts: ['userId'] },
  'sign-up.owner-not-told': {
    level: 'warn',
    says: 'The portal’s mail server did not take that mail',
    facts: ['userId', 'reason'],
  },
  'verification-mail.sent': {
    level: 'info',
    says: 'Keycloak sent the link; `again`: asked for once more',
    facts: ['userId', 'again'],
  },
  'verification-mail.failed': {
    level: 'warn',
    says: 'Keycloak did not send the link',
    facts: ['userId', 'again', 'why'],
  },
  'sign-up.verified': { level: 'info', says: 'The address is verified, as the portal first saw', facts: ['userId'] },
  'sign-in.done': {
    level: 'info',
    says: 'Somebody signed in; `finishes`: for the first time after signing up here',
    facts: ['userId', 'finishes'],
  },
  'sign-in.unverified': { level: 'info', says: 'A sign-in with an address that nobody verified', facts: ['userId'] },
  'sign-in.failed': { level: 'warn', says: 'A sign-in did not work', facts: ['code'] },
  'sign-up.address-changed': {
    level: 'info',
    says: 'A sign-up that waits has got another address',
    facts: ['userId'],
  },
  'sign-up.address-unchanged': {
    level: 'error',
    says: 'It has not, for Keycloak can’t be used',
    facts: ['userId', 'reason'],
  },
  'sign-up.cancelled': {
    level: 'info',
    says: 'A sign-up that waits was to be cancelled, and what came of it',
    facts: ['userId', 'outcome'],
  },
  'terms.accepted': {
    level: 'info',
    says: 'Somebody who has an account accepted terms',
    facts: ['userId', 'for', 'version'],
  },
  'sweep.done': {
    level: 'info',
    says: 'Sign-ups that nobody confirmed were removed, or counted',
    facts: ['dryRun', 'removed', 'kept', 'settled', 'complete'],
  },
  'address.busy': {
    level: 'warn',
    says: 'One client address has sent the form more than 100 times in an hour; told once an hour',
    facts: [],
  },
} as const satisfies Record<string, AuditEventKind>;

export type AuditEvent = keyof typeof AUDIT_EVENTS;

type Fact = string | number | boolean | undefined | readonly string[];

/** What may be told of an event. */
export type AuditFacts<E extends AuditEvent> = Readonly<
  Partial<Record<(typeof AUDIT_EVENTS)[E]['facts'][number], Fact>>
>;
