import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumLaunch } from '../../stack/chromium';
import { Failure } from '../../stack/failure';
import { runProcess } from '../../stack/processes';
import { type Part, Samples, shuffled } from '../part';
import { SIDES } from '../sides';

/** The last that runs on Node 20. It brings a hundred packages that nothing else needs, so npm fetches it when it is asked for. */
const LIGHTHOUSE = 'lighthouse@12.8.2';

const SCORES = {
  performance: 'performance',
  accessibility: 'accessibility',
  'best-practices': 'best practices',
} as const;

interface Report {
  readonly categories: Readonly<Record<string, { readonly score: number | null }>>;
  readonly audits: Readonly<Record<string, { readonly numericValue?: number }>>;
}

const TIMES = {
  'first-contentful-paint': 'FCP',
  'largest-contentful-paint': 'LCP',
  'total-blocking-time': 'TBT',
} as const;

/** What Lighthouse says of both pages, on its own telephone. */
export const lighthouse: Part = async ({ world, ways, effort, random, progress }) => {
  const samples = new Samples();
  const { executablePath, args } = chromiumLaunch();
  const flags = ['--headless=new', ...args].join(' ');
  for (let number = 0; number < Math.min(effort.loads, 3); number++)
    for (const side of shuffled(SIDES, random)) {
      const file = join(world.stack.folder, `lighthouse-${side}-${number}.json`);
      const only = `--only-categories=${Object.keys(SCORES).join(',')}`;
      const command = [LIGHTHOUSE, ways.of.form[side].page.href, '--quiet', '--output=json', `--output-path=${file}`];
      const code = await runProcess({
        command: 'npx',
        args: ['--yes', ...command, only, `--chrome-flags=${flags}`],
        cwd: world.stack.folder,
        env: { ...process.env, CHROME_PATH: executablePath },
        log: world.log,
      });
      if (code !== 0) throw new Failure('Lighthouse did not work.', world.log);
      const { categories, audits } = JSON.parse(readFileSync(file, 'utf8')) as Report;
      for (const [id, name] of Object.entries(SCORES)) samples.add(name, side, (categories[id]?.score ?? 0) * 100);
      for (const [id, name] of Object.entries(TIMES)) samples.add(name, side, audits[id]?.numericValue ?? Number.NaN);
      progress(`lighthouse: ${side}, ${number + 1}`);
    }
  return samples.rows('lighthouse', (sort) => (/^[A-Z]/.test(sort) ? 'ms' : 'of 100'));
};
