// Runs on bare Node, before anything is installed, so that one command is enough on a fresh clone:
//   node stack/bootstrap.mjs <script.ts> [arguments]
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.vestibule-lock');

/**
 * Runs a command with this terminal, passing signals on.
 * @param {string} command executable
 * @param {string[]} args its arguments
 * @returns {Promise<number>} its exit code, or 128 + signal number as a shell would say
 */
function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
    // A terminal sends Ctrl-C to the whole group anyway; the second delivery is harmless, and `kill` of this process
    // alone would otherwise orphan the child.
    const forward = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const name of signals) process.off(name, forward);
      resolve(code ?? 128 + (constants.signals[signal ?? 'SIGKILL'] ?? 0));
    });
  });
}

/** Ends with one line on stderr. @param {string} line what is wrong and how to mend it */
function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 9)) {
  fail(
    `Node 20.9 or newer is needed, this is ${process.versions.node}. Install a current one from https://nodejs.org/.`,
  );
}
const [script, ...args] = process.argv.slice(2);
if (!script) fail('Usage: node stack/bootstrap.mjs <script.ts> [arguments]');

const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
const hash = createHash('sha256').update(lock).digest('hex');

/**
 * `npm install` by hand leaves no stamp of ours, but npm's own list of what it installed: the packages need not be made
 * anew when that list says the same. @returns {boolean} whether every package of the lock is there as it is locked
 */
function installedAsLocked() {
  const listed = join(modules, '.package-lock.json');
  if (!existsSync(listed)) return false;
  const installed = JSON.parse(readFileSync(listed, 'utf8')).packages;
  return Object.entries(JSON.parse(lock).packages).every(
    ([path, { optional, integrity }]) => path === '' || optional || installed[path]?.integrity === integrity,
  );
}

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
  if (!installedAsLocked()) {
    process.stdout.write('Installing the packages that package-lock.json names (npm ci)...\n');
    const code = await run('npm', ['ci', '--no-audit', '--no-fund']).catch((error) => fail(`npm: ${error.message}`));
    if (code !== 0) fail(`npm ci failed with exit code ${code}; its message is above.`);
  }
  writeFileSync(stamp, hash);
}

process.exitCode = await run(process.execPath, ['--import', 'tsx', script, ...args]);
