/**
 * `npm run audit` asks the registry what holes the packages are known to have, and judges them by the policy in
 * `docs/dependencies.md`. `--strict`: a registry that can't be asked is a failure, too.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ROOT } from '../folders';
import { type AuditReport, auditReport, exceptionList, judgeAudit } from './audit-policy';

/** Longer than this nobody waits for a registry (milliseconds). */
const LONGEST_MS = 60_000;

const say = (text: string) => void process.stdout.write(`${text}\n`);

/** @returns what npm knows; undefined where the registry does not answer, or has no such service */
function ask(more: readonly string[]): AuditReport | undefined {
  const args = ['audit', '--json', '--fetch-retries=1', '--fetch-timeout=15000', ...more];
  const { stdout } = spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8', timeout: LONGEST_MS, maxBuffer: 64 << 20 });
  try {
    return auditReport.safeParse(JSON.parse(stdout ?? '')).data;
  } catch {
    return undefined;
  }
}

function readExceptions() {
  const parsed = exceptionList.safeParse(JSON.parse(readFileSync(new URL('exceptions.json', import.meta.url), 'utf8')));
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues)
    say(`stack/dependencies/exceptions.json: ${path.join('.')} ${message}`);
  return undefined;
}

function audit(isStrict: boolean): boolean {
  const exceptions = readExceptions();
  if (exceptions === undefined) return false;
  const production = ask(['--omit=dev']);
  const development = production && ask([]);
  if (production === undefined || development === undefined) {
    say(
      `audit: the registry could not be asked, so nothing is known${isStrict ? '' : ' (--strict makes that a failure)'}`,
    );
    return !isStrict;
  }
  const findings = judgeAudit({ production, development }, exceptions, new Date());
  for (const one of findings)
    say(
      `${one.verdict.padEnd(8)} ${one.severity.padEnd(8)} ${one.scope}: ${one.package}, ${one.title} (${one.id}); ${one.remark}`,
    );
  const failing = findings.filter(({ verdict }) => verdict === 'fails').length;
  say(`audit: ${findings.length} known, ${failing} against the policy`);
  return failing === 0;
}

process.exitCode = audit(process.argv.includes('--strict')) ? 0 : 1;
