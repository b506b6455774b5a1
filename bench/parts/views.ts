import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { usageOf } from '../../stack/usage';
import { ask, type Reply } from '../http';
import { load } from '../load';
import { type Part, Samples, shuffled } from '../part';

const AT_ONCE = [1, 8, 32] as const;

/** A server of Node's own that sends the same bytes, headers included: no page can come faster. */
async function serveBare(sample: Reply) {
  const { connection: _c, 'keep-alive': _k, date: _d, 'transfer-encoding': _t, ...headers } = sample.headers;
  const server = createServer((_, response) => response.writeHead(200, { ...headers }).end(sample.body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

/** Views per second of both pages, at several at once, and of a bare server beside. */
export const views: Part = async ({ world, ways, effort, random, progress }) => {
  const { hosted, portal } = ways.of['after-verification'];
  const bare = await serveBare(await portal.view(ways.person()));
  const samples = new Samples();
  const sides = {
    hosted: { view: hosted.view, pid: world.pids.keycloak },
    portal: { view: portal.view, pid: world.pids['after-verification'] },
    bare: { view: () => ask(bare.url), pid: undefined },
  };
  try {
    for (let round = 0; round < effort.rounds; round++)
      for (const atOnce of AT_ONCE) {
        for (const name of shuffled(Object.keys(sides) as (keyof typeof sides)[], random)) {
          const { view, pid } = sides[name];
          const before = pid === undefined ? 0 : usageOf(pid).cpuMs;
          const rate = await load(atOnce, { seconds: effort.seconds }, async () => {
            const { status } = await view(ways.person());
            if (status !== 200) throw new Error(`HTTP ${status}`);
          });
          if (rate.failed > 0) progress(`views: ${rate.failed} of ${name} failed`);
          samples.add(`${atOnce} at once`, name, rate.perSecond);
          samples.add(`${atOnce} at once, p50`, name, rate.p50);
          samples.add(`${atOnce} at once, p99`, name, rate.p99);
          if (pid !== undefined && atOnce === 8)
            samples.add('processor time of a view', name, (usageOf(pid).cpuMs - before) / rate.done);
        }
        progress(`views: round ${round + 1}, ${atOnce} at once`);
      }
  } finally {
    await bare.stop();
  }
  return samples.rows('views', (sort) => (sort.endsWith('at once') ? '1/s' : 'ms'));
};
