import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FormControl, readForms } from '../fuzz/forms';
import { encode } from '../fuzz/post';

/**
 * Bots by what they take trouble over. `script` posts a form that was recorded once; `filler` reads the page and fills in
 * every field; `careful` fills in what a person sees, after a while; `buyer` has a CAPTCHA solved as well, by people.
 */
export const KINDS = ['script', 'filler', 'careful', 'buyer'] as const;
export type Kind = (typeof KINDS)[number];

/** How long one that is careful looks at the page (milliseconds). */
const PATIENCE_MS = 3_000;

/** A sign-up page that bots go for. */
export interface Prey {
  readonly name: string;
  /** Address of the page, as browsers know it. */
  readonly url: string;
  /** Where its connections go instead: the proxy's port. */
  readonly port: number;
  /** @returns a CAPTCHA's token, where the page has one */
  readonly buyToken?: () => Promise<Readonly<Record<string, string>>>;
}

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly cookies: string;
}

/** A browser-like thing at one address. */
export interface Sender {
  readonly address: string;
  /** What it says that it was forwarded for: anyone can. */
  readonly forged: string;
}

function ask(
  prey: Prey,
  sender: Sender,
  to: URL,
  cookies: string,
  post?: { type: string; body: Buffer },
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port: prey.port,
        localAddress: sender.address,
        method: post === undefined ? 'GET' : 'POST',
        path: `${to.pathname}${to.search}`,
        agent: false,
        headers: {
          host: to.host,
          cookie: cookies,
          'x-forwarded-for': sender.forged,
          ...(post === undefined
            ? {}
            : { origin: to.origin, 'content-type': post.type, 'content-length': post.body.length }),
        },
      },
      async (answer) => {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(Buffer.from(chunk as Uint8Array));
        const set = (answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]);
        resolve({
          status: answer.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
          cookies: set.join('; '),
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(post?.body);
  });
}

/** An open page with its sign-up form. */
export interface Opened {
  readonly action: string;
  readonly controls: readonly FormControl[];
  readonly cookies: string;
}

/** Opens a page. @throws Error where it has no sign-up form */
export async function open(prey: Prey, sender: Sender): Promise<Opened> {
  const page = await ask(prey, sender, new URL(prey.url), '');
  const form = readForms(page.body).find(({ controls }) => controls.some(({ name }) => name === 'email'));
  if (form === undefined) throw new Error(`${prey.url} answered ${page.status} without a sign-up form`);
  return { ...form, cookies: page.cookies };
}

function fillFor(control: FormControl, name: string, domain: string, fillsAll: boolean): string | undefined {
  if (control.type === 'hidden') return control.value;
  if (control.type === 'checkbox' || control.type === 'radio') return control.isRequired ? control.value : undefined;
  if (control.type === 'select') return control.options[0];
  if (control.name === 'email') return `${name}@${domain}`;
  if (control.name === 'username') return name;
  if (control.name.startsWith('password')) return 'Harbour-light-42';
  const isSeen = control.isRequired || /^(first|last)Name$/.test(control.name);
  // Who fills in all that is there fills in the trap; the realm's optional fields are left, for they have rules of their own.
  return isSeen || (fillsAll && control.name.startsWith('$')) ? 'Robot' : '';
}

/**
 * Signs up once.
 * @param recorded the page as it was once, for those who don't look; Keycloak's own leads nowhere without a session of one's own
 * @returns the status that came back
 */
export async function signUp(prey: Prey, kind: Kind, sender: Sender, name: string, domain: string, recorded: Opened) {
  const isKeycloaks = recorded.action !== '';
  const page = kind === 'script' && !isKeycloaks ? recorded : await open(prey, sender);
  if (kind === 'careful' || kind === 'buyer') await sleep(PATIENCE_MS);
  const token = kind === 'buyer' ? ((await prey.buyToken?.()) ?? {}) : {};
  const parts = [
    ...page.controls.flatMap((control) => {
      const value = fillFor(control, name, domain, kind === 'filler');
      return value === undefined ? [] : [{ name: control.name, value }];
    }),
    ...Object.entries(token).map(([field, value]) => ({ name: field, value })),
  ];
  const to = new URL(page.action === '' ? prey.url : page.action, prey.url);
  const content = isKeycloaks
    ? { kind: 'urlencoded' as const, parts }
    : { kind: 'multipart' as const, parts, boundary: '----bot' };
  const { headers, body } = encode({ method: 'POST', path: '/', headers: {}, content });
  const answer = await ask(prey, sender, to, page.cookies, { type: String(headers['content-type']), body });
  return answer.status;
}
