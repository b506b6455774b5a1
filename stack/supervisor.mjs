// Stands between the stack and one of its processes, so that nothing is ever left behind: its stdin is a pipe from the
// stack, and the kernel closes that pipe however the stack ends, kill -9 included. Then the process group is ended.
//   node supervisor.mjs <grace in ms> <command> [arguments]
import { spawn } from 'node:child_process';

const [grace = '10000', command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });

/** Signals the whole group. @param {NodeJS.Signals} signal which @returns {boolean} whether anybody was there */
function signalGroup(signal) {
  try {
    return child.pid !== undefined && process.kill(-child.pid, signal);
  } catch {
    return false;
  }
}

function end() {
  if (!signalGroup('SIGTERM')) return;
  setTimeout(() => signalGroup('SIGKILL'), Number(grace)).unref();
}

// A line is the name of a signal to hand on.
process.stdin.on('data', (line) => signalGroup(/** @type {NodeJS.Signals} */ (line.toString().trim())));
process.stdin.once('end', end).once('error', end).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);

child.once('error', (error) => {
  process.stderr.write(`${command}: ${error.message}\n`);
  process.exit(127);
});
child.once('exit', (code) => {
  // Grandchildren that outlive their parent are in the same group.
  signalGroup('SIGKILL');
  process.exit(code ?? 1);
});
