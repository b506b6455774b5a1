import type { Act, Fault } from './proxy';
import type { FaultPortal, World } from './world';

/** Ends a fault. */
type Lift = () => Promise<void>;

/** One row of the fault table. */
export interface Row {
  readonly fault: string;
  readonly portal?: FaultPortal;
  /** Also a part of `npm test`. */
  readonly isShort?: true;
  /** Ends and starts servers. */
  readonly needsServers?: true;
  /** The address is somebody else's by then: it stays theirs, unconfirmed, and nobody is told. */
  readonly isOthers?: true;
  /** The fault meets a request on its way. */
  readonly isOnWay?: true;
  /** The fault comes before the page is opened, and not before it is sent. */
  readonly isEarly?: true;
  strike(world: World, visit: { readonly email: string }): Promise<Lift>;
}

const CREATE = { method: 'POST', path: /\/users\/?$/ } as const;
const FIND = { method: 'GET', path: /\/users\/?\?(?:.*&)?q=/ } as const;
const MAIL = { method: 'PUT', path: /\/execute-actions-email/ } as const;
const TOKEN = { method: 'POST', path: /\/openid-connect\/token$/ } as const;

const none: Lift = async () => undefined;

/** A fault on the way to Keycloak. */
const onWay =
  (fault: Fault): Row['strike'] =>
  async ({ ways }) =>
    ways.keycloak.strike(fault);

/** A fault on the way to what is asked once the answer to a new account was lost: whether it was made. */
const onSecondLook =
  (fault: Fault): Row['strike'] =>
  async ({ ways }) => {
    const lost = ways.keycloak.strike({ ...CREATE, times: 1, act: { kind: 'lose-answer' } });
    const end = ways.keycloak.strike({ ...FIND, ...fault });
    return async () => {
      await lost();
      await end();
    };
  };

const answering = (status: number, body: string): Act => ({ kind: 'answer', status, body });
const UNAUTHORIZED = answering(401, '{"error":"HTTP 401 Unauthorized"}');

const captchaAnswers =
  (act: Act): Row['strike'] =>
  async ({ ways }) =>
    ways.captcha.strike({ act });

/** The mail server refuses, or never comes to an end. */
const mailing =
  (mode: 'hang' | 'refuse'): Row['strike'] =>
  async ({ mail }) => {
    const put = (next: string) =>
      fetch(`${mail.url}/api/behaviour`, { method: 'PUT', body: JSON.stringify({ mode: next }) });
    await put(mode);
    return async () => {
      await put('accept');
    };
  };

/** Keycloak dies when a request reaches it, or has been carried out, and comes back a while after. */
const crash =
  (point: Pick<Fault, 'method' | 'path'>, when: 'before' | 'after'): Row['strike'] =>
  async ({ ways, servers }) => {
    const end = ways.keycloak.strike({
      ...point,
      times: 1,
      act: { kind: when, work: async () => servers?.killKeycloak() },
    });
    return async () => {
      await end();
      await servers?.startKeycloak();
    };
  };

/** The portal dies when its request has been carried out at Keycloak; another takes its place. */
const portalDies =
  (point: Pick<Fault, 'method' | 'path'>, portal: FaultPortal): Row['strike'] =>
  async ({ ways, servers }) => {
    const work = async () => servers?.endPortal(portal, 'SIGKILL');
    const end = ways.keycloak.strike({ ...point, times: 1, act: { kind: 'after', work } });
    return async () => {
      await end();
      await servers?.startPortal(portal);
    };
  };

/** Every fault that a sign-up can meet, with the point at which it does. */
export const ROWS: readonly Row[] = [
  {
    fault: 'Keycloak refuses connections',
    isShort: true,
    async strike({ ways }) {
      await ways.keycloak.close();
      return () => ways.keycloak.open();
    },
  },
  { fault: 'Keycloak resets connections', isOnWay: true, strike: onWay({ act: { kind: 'reset' } }) },
  {
    fault: 'an answer is lost, and Keycloak resets the connection that asks for it',
    isShort: true,
    isOnWay: true,
    strike: onSecondLook({ times: 1, act: { kind: 'reset' } }),
  },
  {
    fault: 'Keycloak takes a second for each answer',
    isOnWay: true,
    strike: onWay({ act: { kind: 'slow', ms: 1_000 } }),
  },
  { fault: 'Keycloak never answers', isShort: true, isOnWay: true, strike: onWay({ act: { kind: 'hang' } }) },
  {
    fault: 'an answer is lost, and Keycloak stops in the middle of the next',
    isOnWay: true,
    strike: onSecondLook({ act: { kind: 'stall' } }),
  },
  {
    fault: 'an answer is lost, and Keycloak sends half of the next',
    isShort: true,
    isOnWay: true,
    strike: onSecondLook({ act: { kind: 'garble' } }),
  },
  {
    fault: '401 once: the token is no longer valid',
    isOnWay: true,
    strike: onWay({ ...CREATE, times: 1, act: UNAUTHORIZED }),
  },
  { fault: '401 always', isOnWay: true, strike: onWay({ path: /\/admin\//, act: UNAUTHORIZED }) },
  {
    fault: 'no new token is to be had: 500',
    isOnWay: true,
    async strike({ ways }) {
      const refusing = ways.keycloak.strike({ ...CREATE, times: 1, act: UNAUTHORIZED });
      const failing = ways.keycloak.strike({ ...TOKEN, act: answering(500, '{}') });
      return async () => {
        await Promise.all([refusing(), failing()]);
      };
    },
  },
  {
    fault: '403: the right to make accounts is gone',
    isOnWay: true,
    strike: onWay({ ...CREATE, act: answering(403, '{"error":"HTTP 403 Forbidden"}') }),
  },
  {
    fault: '409: somebody else is faster with the same address',
    isShort: true,
    isOthers: true,
    strike: async ({ ways, accounts }, { email }) =>
      ways.keycloak.strike({ ...CREATE, times: 1, act: { kind: 'before', work: () => accounts.make(email) } }),
  },
  { fault: '429', isOnWay: true, strike: onWay({ act: answering(429, '') }) },
  {
    fault: '500 of Keycloak’s own',
    isOnWay: true,
    strike: onWay({ ...CREATE, act: answering(500, '{"error":"unknown_error"}') }),
  },
  { fault: '500 of something else', isOnWay: true, strike: onWay({ act: answering(500, '<html>') }) },
  { fault: '503', isShort: true, isOnWay: true, strike: onWay({ act: answering(503, 'Service Unavailable') }) },
  {
    fault: 'create: the request is lost',
    isOnWay: true,
    strike: onWay({ ...CREATE, times: 1, act: { kind: 'reset' } }),
  },
  {
    fault: 'create: the account is made, its answer is lost',
    isShort: true,
    isOnWay: true,
    strike: onWay({ ...CREATE, times: 1, act: { kind: 'lose-answer' } }),
  },
  {
    fault: 'the same, with the password on the form',
    portal: 'faults-form',
    isOnWay: true,
    strike: onWay({ ...CREATE, times: 1, act: { kind: 'lose-answer' } }),
  },
  {
    fault: 'the same, and nobody can be asked whether it was made',
    isShort: true,
    async strike({ ways }) {
      const asking = ways.keycloak.strike({ method: 'GET', path: /\/users\/?\?(?:.*&)?q=/, act: { kind: 'reset' } });
      const making = ways.keycloak.strike({ ...CREATE, times: 1, act: { kind: 'lose-answer' } });
      return async () => {
        await Promise.all([asking(), making()]);
      };
    },
  },
  {
    fault: 'create takes longer than the portal waits, and is done all the same',
    portal: 'faults-form',
    isOnWay: true,
    strike: onWay({ ...CREATE, times: 1, act: { kind: 'slow', ms: 5_000 } }),
  },
  {
    fault: 'mail: it is sent, the answer is lost',
    isOnWay: true,
    strike: onWay({ ...MAIL, times: 1, act: { kind: 'lose-answer' } }),
  },
  {
    fault: 'mail: the request never comes to an end',
    isOnWay: true,
    strike: onWay({ ...MAIL, times: 1, act: { kind: 'hang' } }),
  },
  {
    fault: 'the mail server hangs',
    strike: mailing('hang'),
  },
  {
    fault: 'the mail server refuses',
    isShort: true,
    strike: mailing('refuse'),
  },
  {
    fault: 'siteverify never answers',
    isShort: true,
    portal: 'faults-captcha',
    isOnWay: true,
    strike: captchaAnswers({ kind: 'hang' }),
  },
  { fault: 'siteverify: 500', portal: 'faults-captcha', isOnWay: true, strike: captchaAnswers(answering(500, '')) },
  {
    fault: 'siteverify sends half an answer',
    portal: 'faults-captcha',
    isOnWay: true,
    strike: captchaAnswers({ kind: 'garble' }),
  },
  {
    fault: 'Keycloak goes after the CAPTCHA was solved',
    isShort: true,
    portal: 'faults-captcha',
    isOnWay: true,
    strike: onWay({ ...CREATE, times: 1, act: { kind: 'reset' } }),
  },
  {
    fault: 'Redis is gone',
    isShort: true,
    portal: 'faults-redis',
    async strike({ ways }) {
      await ways.redis('gone');
      return () => ways.redis('there');
    },
  },
  {
    fault: 'Redis never answers',
    portal: 'faults-redis',
    async strike({ ways }) {
      await ways.redis('silent');
      return () => ways.redis('there');
    },
  },
  { fault: 'the portal’s clock is ahead', portal: 'faults-ahead', strike: async () => none },
  { fault: 'the portal’s clock is behind', portal: 'faults-behind', strike: async () => none },
  {
    fault: 'Keycloak crashes before it makes the account',
    needsServers: true,
    isOnWay: true,
    strike: crash(CREATE, 'before'),
  },
  {
    fault: 'Keycloak crashes after it has made the account',
    needsServers: true,
    isOnWay: true,
    strike: crash(CREATE, 'after'),
  },
  { fault: 'Keycloak crashes before the mail', needsServers: true, isOnWay: true, strike: crash(MAIL, 'before') },
  {
    fault: 'the portal crashes between account and mail',
    needsServers: true,
    isOnWay: true,
    strike: portalDies(CREATE, 'faults'),
  },
  {
    fault: 'the same, with the password on the form',
    needsServers: true,
    portal: 'faults-form',
    isOnWay: true,
    strike: portalDies(CREATE, 'faults-form'),
  },
  {
    fault: 'the portal gets SIGTERM in the middle of a sign-up',
    needsServers: true,
    async strike({ ways, servers }) {
      let ended: Promise<number> | undefined;
      const work = async () => {
        // Begun, and not waited for: it ends when this sign-up has its answer.
        ended = servers?.endPortal('faults', 'SIGTERM');
      };
      const end = ways.keycloak.strike({ ...CREATE, times: 1, act: { kind: 'before', work } });
      return async () => {
        await end();
        await ended;
        await servers?.startPortal('faults');
      };
    },
  },
  {
    fault: 'the portal starts while Keycloak is down',
    needsServers: true,
    isEarly: true,
    async strike({ ways, servers }) {
      await ways.keycloak.close();
      await servers?.endPortal('faults', 'SIGKILL');
      await servers?.startPortal('faults');
      return () => ways.keycloak.open();
    },
  },
];
