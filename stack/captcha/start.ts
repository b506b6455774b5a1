import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { readBody, sendJson, serveHttp } from '../http';
import { CaptchaRules, SECRET, SITE_KEY, type Verdict } from './rules';

const MODES = ['up', 'down', 'hang'] as const;
const OUTCOMES = ['solves', 'error', 'challenge-fails', 'challenge-expires'] as const;
type Mode = (typeof MODES)[number];
type Outcome = (typeof OUTCOMES)[number];

/** A running emulator. */
export interface RunningCaptcha {
  url: string;
  siteKey: string;
  secret: string;
  /** Address of the widget script, for `scriptSource` of @hcaptcha/react-hcaptcha. */
  scriptUrl: string;
  verifyUrl: string;
  stop(): Promise<void>;
}

/** An answer as it goes over the wire: any of hCaptcha's, or one that it should never give. */
interface Canned {
  status: number;
  body: string;
}

/** What tests can change and see. */
interface Control {
  mode: Mode;
  nextWidget: Outcome;
  /** What the next siteverify call gets in place of a judgement, once. */
  nextVerify: Canned | undefined;
  /** Every siteverify call: what was sent, without the secret, and what was answered. */
  verifications: { sent: Record<string, string>; verdict: Verdict | Canned }[];
}

const CORS = { 'Access-Control-Allow-Origin': '*' };

/** @returns the member of a list that equals the value, which came from outside */
function oneOf<T extends string>(list: readonly T[], value: unknown): T | undefined {
  return list.find((one) => one === value);
}

/** @returns a canned answer with HTTP 200 unless it says otherwise, or undefined when it is none */
function cannedOf(value: unknown): Canned | undefined {
  if (typeof value !== 'object' || value === null || !('body' in value) || typeof value.body !== 'string')
    return undefined;
  return { status: 'status' in value ? Number(value.status) : 200, body: value.body };
}

/**
 * Applies a test's wishes: `mode`, `nextWidget`, `nextVerify` (`status`, `body`), `expire` (a token), `remoteIpRequired`,
 * `tokenLength` (characters).
 * @returns what is wrong with them, or undefined
 */
function applyControl(wishes: Record<string, unknown>, control: Control, rules: CaptchaRules): string | undefined {
  for (const [name, value] of Object.entries(wishes)) {
    if (name === 'mode') {
      const mode = oneOf(MODES, value);
      if (!mode) return `mode must be one of ${MODES.join(', ')}`;
      control.mode = mode;
    } else if (name === 'nextWidget') {
      const outcome = oneOf(OUTCOMES, value);
      if (!outcome) return `nextWidget must be one of ${OUTCOMES.join(', ')}`;
      control.nextWidget = outcome;
    } else if (name === 'expire') {
      if (typeof value !== 'string' || !rules.expire(value)) return 'expire must be a token that was given out';
    } else if (name === 'nextVerify') {
      const canned = cannedOf(value);
      if (!canned) return 'nextVerify must have a body, and may have a status';
      control.nextVerify = canned;
    } else if (name === 'tokenLength') {
      if (typeof value !== 'number') return 'tokenLength must be a number';
      rules.tokenLength = value;
    } else if (name === 'remoteIpRequired') {
      rules.remoteIpRequired = value === true;
    } else {
      return `unknown: ${name}`;
    }
  }
  return undefined;
}

/** Answers the widget's question whether its visitor is human: yes, unless a test wants otherwise, once. */
function answerWidget(body: string, control: Control, rules: CaptchaRules, response: ServerResponse): void {
  const form = new URLSearchParams(body);
  const outcome = control.nextWidget;
  control.nextWidget = 'solves';
  const minted = outcome === 'solves' ? rules.mint(form.get('sitekey') ?? '', form.get('hostname') ?? '') : undefined;
  const failed = outcome === 'solves' ? 'error' : outcome;
  sendJson(response, 200, minted ? { outcome, ...minted } : { outcome: failed }, CORS);
}

/** siteverify as hCaptcha has it: always HTTP 200, form-encoded only. */
function answerVerify(
  body: string,
  type: string,
  control: Control,
  rules: CaptchaRules,
  response: ServerResponse,
): void {
  const form = new URLSearchParams(body);
  const canned = control.nextVerify;
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type);
  const sent = isForm ? Object.fromEntries([...form].filter(([name]) => name !== 'secret')) : {};
  if (canned) {
    control.nextVerify = undefined;
    control.verifications.push({ sent, verdict: canned });
    response.writeHead(canned.status, { 'Content-Type': 'application/json' });
    response.end(canned.body);
    return;
  }
  const verdict: Verdict = isForm ? rules.verify(form) : { success: false, 'error-codes': ['bad-request'] };
  control.verifications.push({ sent, verdict });
  sendJson(response, 200, verdict);
}

/**
 * Starts the hCaptcha emulator on 127.0.0.1: `GET /1/api.js` (widget), `POST /siteverify`, and for tests
 * `GET /control`, `POST /control` (see applyControl).
 * @param port where to listen
 * @returns its addresses and keys
 */
export async function startCaptcha(port: number): Promise<RunningCaptcha> {
  const widget = readFileSync(new URL('widget.js', import.meta.url), 'utf8');
  const rules = new CaptchaRules();
  const control: Control = { mode: 'up', nextWidget: 'solves', nextVerify: undefined, verifications: [] };
  const server = await serveHttp(port, async (request, url, response) => {
    const route = `${request.method} ${url.pathname}`;
    if (route === 'GET /control') return sendJson(response, 200, control);
    if (route === 'POST /control') {
      const wishes = JSON.parse(await readBody(request)) as Record<string, unknown>;
      const wrong = applyControl(wishes, control, rules);
      return sendJson(response, wrong ? 400 : 200, wrong ? { error: wrong } : control);
    }
    if (control.mode === 'hang') return;
    if (control.mode === 'down') return sendJson(response, 503, { error: 'down' }, CORS);
    if (route === 'GET /1/api.js') {
      response.writeHead(200, {
        'Content-Type': 'text/javascript; charset=utf-8',
        'Cache-Control': 'no-store',
        ...CORS,
      });
      response.end(widget);
      return;
    }
    if (route === 'POST /checkbox') return answerWidget(await readBody(request), control, rules, response);
    if (url.pathname === '/siteverify') {
      const type = request.method === 'POST' ? (request.headers['content-type'] ?? '') : '';
      return answerVerify(await readBody(request), type, control, rules, response);
    }
    sendJson(response, 404, { error: 'nothing here' });
  });
  return {
    url: server.url,
    siteKey: SITE_KEY,
    secret: SECRET,
    scriptUrl: `${server.url}/1/api.js`,
    verifyUrl: `${server.url}/siteverify`,
    stop: server.stop,
  };
}
