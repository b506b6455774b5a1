import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { runSql } from '../../stack/postgres';
import { usageOf } from '../../stack/usage';
import { ask, BROWSER } from '../http';
import type { Bench, Part } from '../part';
import { fillPlain, type PlainPost, sendPlain } from '../plain-form';
import type { Row } from '../report';
import { exponentOf, type Figure, figure } from '../stats';
import { GROWTH_REALM } from '../world';

/** How often a thing is done for one figure, in a round. */
const TIMES = 20;

const MEGABYTE = 1024 * 1024;

interface Attribute {
  readonly name: string;
  readonly permissions?: { readonly edit?: readonly string[] };
}

const CORE = ['username', 'email', 'firstName', 'lastName'];

/** Forty tags of languages, the portal's three first. */
const LANGUAGES =
  'en de ar bg ca cs da el es et eu fa fi fr ga gl he hi hr hu id is it ja ka ko lt lv nl no pl pt ro ru sk sl sr sv th tr'.split(
    ' ',
  );

/** Milliseconds that each of so many runs takes. */
async function timed(task: (number: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let number = -3; number < TIMES; number++) {
    const before = performance.now();
    await task(number);
    // What is new to the portal is compiled first.
    if (number >= 0) times.push(performance.now() - before);
  }
  return times;
}

/** What is measured at every size. */
class Measured {
  readonly #figures = new Map<string, Map<number, Figure>>();

  add(what: string, size: number, values: readonly number[]): void {
    const sizes = this.#figures.get(what) ?? new Map<number, Figure>();
    this.#figures.set(what, sizes.set(size, figure(values)));
  }

  rows(dimension: string): Row[] {
    return [...this.#figures].map(([what, sizes]) => ({
      part: 'growth',
      what: `${dimension}: ${what}`,
      unit: what === 'memory' ? 'MB' : what.startsWith('bytes') ? 'bytes' : 'ms',
      figures: Object.fromEntries([...sizes].map(([size, one]) => [String(size), one])),
      exponent: exponentOf([...sizes].map(([size, one]) => [size, one.median])),
    }));
  }
}

/** The portal that grows, and what can be done to it. */
function subjectOf({ world, ways }: Bench) {
  const portal = world.stack.portals.growth;
  if (portal?.config === undefined) throw new Error('The stack has no portal that grows');
  const page = (client: string, more = '') => new URL(`${portal.url}/en/sign-up?client_id=${client}${more}`);
  const get = async (address: URL) => {
    const answer = await ask(address, { headers: BROWSER });
    if (answer.status !== 200) throw new Error(`${address.pathname}: HTTP ${answer.status}`);
    return answer;
  };
  return {
    config: portal.config,
    api: world.api(GROWTH_REALM),
    page,
    get,
    async refresh() {
      const headers = { authorization: `Bearer ${world.stack.refreshToken}` };
      const { status } = await fetch(`${portal.url}/api/realm/refresh`, { method: 'POST', headers });
      if (status !== 200) throw new Error(`The portal could not read its realm: HTTP ${status}`);
    },
    async measure(measured: Measured, size: number) {
      const served = await get(page('shop'));
      measured.add('bytes of the page', size, [served.body.length]);
      measured.add('view', size, await timed(() => get(page('shop'))));
      // With a parameter that makes it one visitor's, Next renders the page.
      measured.add('rendering', size, await timed((number) => get(page('shop', `&state=${number}`))));
      const posts: PlainPost[] = [];
      for (let number = -3; number < TIMES; number++)
        posts.push(await fillPlain(page('shop'), `grown-${ways.person()}`));
      measured.add(
        'post',
        size,
        await timed(async (number) => {
          const post = posts[number + 3];
          if (post !== undefined) await sendPlain(post);
        }),
      );
      measured.add('memory', size, [usageOf(world.pids.growth).memory / MEGABYTE]);
    },
  };
}

type Subject = ReturnType<typeof subjectOf>;

async function attributes(subject: Subject, original: { readonly attributes: readonly Attribute[] }): Promise<Row[]> {
  const measured = new Measured();
  // What the portal itself keeps on an account is no field.
  const kept = original.attributes.filter(
    ({ name, permissions }) => CORE.includes(name) || !permissions?.edit?.includes('user'),
  );
  for (const size of [5, 50, 200]) {
    const more = Array.from({ length: size - CORE.length }, (_, index) => ({
      name: `grown${index}`,
      displayName: `Grown ${index}`,
      validations: { length: { min: 0, max: 40 }, pattern: { pattern: '[A-Za-z ]*' } },
      permissions: { view: ['admin', 'user'], edit: ['admin', 'user'] },
    }));
    await subject.api.must('PUT', '/users/profile', { ...original, attributes: [...kept, ...more] });
    await subject.refresh();
    await subject.measure(measured, size);
  }
  await subject.api.must('PUT', '/users/profile', { ...original, attributes: kept });
  await subject.refresh();
  return measured.rows('attributes');
}

async function locales(subject: Subject): Promise<Row[]> {
  const measured = new Measured();
  for (const size of [1, 3, 40]) {
    await subject.api.must('PUT', '', { supportedLocales: LANGUAGES.slice(0, size) });
    await subject.refresh();
    await subject.measure(measured, size);
  }
  await subject.api.must('PUT', '', { supportedLocales: LANGUAGES.slice(0, 3) });
  await subject.refresh();
  return measured.rows('locales');
}

/** The portal looks at its configuration twice a second, and takes it up when it has found it twice. */
async function untilTakenUp(subject: Subject, brand: string): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    const { body } = await ask(subject.page(brand), { headers: { ...BROWSER, 'accept-encoding': 'identity' } });
    if (String(body).includes(`Name of ${brand}`)) return;
    await sleep(200);
  }
  throw new Error('The portal did not take its configuration up');
}

async function brands(subject: Subject): Promise<Row[]> {
  const measured = new Measured();
  const original = readFileSync(subject.config, 'utf8');
  const config = JSON.parse(original) as { clients?: Record<string, object> };
  for (const size of [1, 100]) {
    const names = Array.from({ length: size }, (_, index) => `brand-${index}`);
    const clients = names.map((name) => [name, { ...config.clients?.shop, name: `Name of ${name}`, brand: {} }]);
    const grown = { ...config, clients: { ...config.clients, ...Object.fromEntries(clients) } };
    writeFileSync(subject.config, JSON.stringify(grown));
    await untilTakenUp(subject, names.at(-1) ?? '');
    for (const name of names) await subject.get(subject.page(name));
    await subject.measure(measured, size);
  }
  writeFileSync(subject.config, original);
  return measured.rows('brands');
}

async function users({ world, effort }: Bench, subject: Subject): Promise<Row[]> {
  const measured = new Measured();
  const { postgres = '' } = world.stack.keycloak;
  const { id } = await subject.api.get<{ id: string }>('');
  let there = 1;
  for (const size of effort.users) {
    if (size > there) {
      // As Keycloak itself writes them; by its API a hundred thousand would take an hour.
      const columns =
        'id, email, email_constraint, email_verified, enabled, first_name, last_name, realm_id, username, created_timestamp, not_before';
      const values = `gen_random_uuid()::text, n || '@many.example', n || '@many.example', true, true, 'Ann', 'Bench', '${id}', 'many-' || n, 0, 0`;
      await runSql(
        postgres,
        `insert into user_entity (${columns}) select ${values} from generate_series(${there}, ${size}) as n; vacuum analyze`,
        world.log,
      );
      there = size + 1;
    }
    await subject.measure(measured, size);
  }
  return measured.rows('users');
}

/** How the portal's time and memory grow with what an operator has: fields, languages, brands, users. */
export const growth: Part = async (bench) => {
  const subject = subjectOf(bench);
  const original = await subject.api.get<{ attributes: Attribute[] }>('/users/profile');
  const rows: Row[] = [];
  for (const [name, part] of [
    ['attributes', () => attributes(subject, original)],
    ['locales', () => locales(subject)],
    ['brands', () => brands(subject)],
    ['users', () => users(bench, subject)],
  ] as const) {
    rows.push(...(await part()));
    bench.progress(`growth: ${name}`);
  }
  return rows;
};
