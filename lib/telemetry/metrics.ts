import 'server-only';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { processWide } from '@/lib/process-wide';
import { drawCall } from './tracing';

/** What the portal asks others for. */
export type Dependency = 'keycloak' | 'captcha' | 'mail' | 'redis' | 'leaked-passwords';

const DEPENDENCIES: readonly Dependency[] = ['keycloak', 'captcha', 'mail', 'redis', 'leaked-passwords'];

/**
 * How a call ended: answered; answered with a refusal that says nothing against the other side; failed; not answered in time;
 * not made at all, since too many wait or the circuit is open.
 */
type CallOutcome = 'ok' | 'refused' | 'failed' | 'timeout' | 'rejected';

/** How far a visitor comes, in order. */
export type FunnelStep = 'served' | 'started' | 'created' | 'mailed' | 'verified' | 'signed_in';

const STEPS: readonly FunnelStep[] = ['served', 'started', 'created', 'mailed', 'verified', 'signed_in'];

/** Seconds: from an answer out of memory to the longest that anybody waits. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

function makeMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const made = {
    registry,
    funnel: new Counter({
      name: 'vestibule_funnel_total',
      help: 'Visitors who came as far as a step of the sign-up',
      labelNames: ['step', 'client'],
      registers,
    }),
    submits: new Counter({
      name: 'vestibule_sign_up_submits_total',
      help: 'Submits of the form by what came of them, and why',
      labelNames: ['result', 'reason', 'client'],
      registers,
    }),
    invalidFields: new Counter({
      name: 'vestibule_invalid_fields_total',
      help: 'Fields that were refused, by name',
      labelNames: ['field'],
      registers,
    }),
    captcha: new Counter({
      name: 'vestibule_captcha_answers_total',
      help: 'What the CAPTCHA came to',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    mails: new Counter({
      name: 'vestibule_mails_total',
      help: 'Mails with the link, and to owners of known addresses',
      labelNames: ['mail', 'outcome'],
      registers,
    }),
    signIns: new Counter({
      name: 'vestibule_sign_ins_total',
      help: 'Sign-ins to the portal; those that finish a sign-up are in the funnel, too',
      labelNames: ['outcome', 'client'],
      registers,
    }),
    throttled: new Counter({
      name: 'vestibule_throttled_total',
      help: 'Times that a limit was reached',
      labelNames: ['policy'],
      registers,
    }),
    busyAddresses: new Counter({
      name: 'vestibule_busy_addresses_total',
      help: 'Client addresses that have sent the form more than 100 times in an hour',
      registers,
    }),
    webhookEvents: new Counter({
      name: 'vestibule_audit_webhook_events_total',
      help: 'Audit events that the webhook took, or that were dropped',
      labelNames: ['outcome'],
      registers,
    }),
    requests: new Histogram({
      name: 'vestibule_http_request_duration_seconds',
      help: 'Time until an answer was sent whole',
      labelNames: ['route', 'status'],
      buckets: SECONDS,
      registers,
    }),
    dependencies: new Histogram({
      name: 'vestibule_dependency_seconds',
      help: 'Time that a call to others took, by how it ended',
      labelNames: ['dependency', 'outcome'],
      buckets: SECONDS,
      registers,
    }),
    circuits: new Gauge({
      name: 'vestibule_circuit_open',
      help: 'Whether others are left alone since they fail: 0 no, 1 yes, 0.5 one call tries',
      labelNames: ['dependency'],
      registers,
    }),
  };
  // From zero on: of a series that begins with its first event, Prometheus sees no increase.
  for (const step of STEPS) for (const client of ['none', 'other']) made.funnel.inc({ step, client }, 0);
  for (const mail of ['verification', 'owner'])
    for (const outcome of ['sent', 'failed']) made.mails.inc({ mail, outcome }, 0);
  for (const outcome of ['delivered', 'dropped']) made.webhookEvents.inc({ outcome }, 0);
  for (const dependency of DEPENDENCIES) made.circuits.set({ dependency }, 0);
  return made;
}

/** The metrics of this process. */
export const metrics = () => processWide('metrics', makeMetrics);

/**
 * Notes a call to others, in the metrics and in the trace of whoever caused it.
 * @param dependency who was asked
 * @param outcome how it ended
 * @param seconds how long it took, waits included
 */
export function observeCall(dependency: Dependency, outcome: CallOutcome, seconds: number): void {
  metrics().dependencies.observe({ dependency, outcome }, seconds);
  drawCall(dependency, outcome, seconds);
}

/**
 * Notes whether others are asked at all just now.
 * @param state `half-open` while one call tries whether they are back
 */
export function setCircuit(dependency: Dependency, state: 'closed' | 'open' | 'half-open'): void {
  metrics().circuits.set({ dependency }, { closed: 0, 'half-open': 0.5, open: 1 }[state]);
}
