import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from './failure';
import { ROOT, STACK_FOLDER } from './folders';
import { findTool, isExecutable } from './tools';

const TOOL = join(STACK_FOLDER, 'tools', 'promtool');
const MEND = 'promtool is needed to test the alert rules: install it (Debian, as root: apt-get install prometheus).';

function run(command: string, args: readonly string[], cwd: string): boolean {
  return spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

/** Debian has promtool in the package of the server, which would be started; so the package is only unpacked. */
function unpackFromDebian(): void {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-promtool-'));
  try {
    const download = () => run('apt-get', ['-q', 'download', 'prometheus'], folder);
    const isThere = download() || (process.getuid?.() === 0 && run('apt-get', ['-q', 'update'], folder) && download());
    const [archive] = readdirSync(folder);
    if (!isThere || archive === undefined || !run('dpkg-deb', ['-x', archive, 'out'], folder)) throw new Failure(MEND);
    mkdirSync(join(STACK_FOLDER, 'tools'), { recursive: true });
    // Whole or not at all, should two do this at once.
    const draft = `${TOOL}-${process.pid}`;
    cpSync(join(folder, 'out', 'usr', 'bin', 'promtool'), draft);
    renameSync(draft, TOOL);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Makes sure that there is Prometheus' promtool: the machine's own, or one that is unpacked into `.stack`.
 * @returns its path
 * @throws Failure in one line that says how to get one, where that is not possible
 */
function ensurePromtool(): string {
  const found = findTool(['promtool']);
  if (found !== undefined) return found;
  if (!isExecutable(TOOL)) unpackFromDebian();
  return TOOL;
}

/**
 * Has promtool judge the alert rules, and run their tests.
 * @returns whether it was content
 * @throws Failure where there is no promtool
 */
export function judgeAlerts(): boolean {
  const promtool = ensurePromtool();
  const folder = join(ROOT, 'observability');
  return [
    ['check', 'rules', 'alerts.yml'],
    ['test', 'rules', 'alerts.test.yml'],
  ].every((args) => spawnSync(promtool, args, { cwd: folder, stdio: 'inherit' }).status === 0);
}
