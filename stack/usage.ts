import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { Failure } from './failure';

/** What a process, with all that it started, has used so far. Linux tells (proc(5)). */
export interface Usage {
  /** Milliseconds of one core, in the process and in the system for it. */
  readonly cpuMs: number;
  /** Bytes of memory that are its own or shared. */
  readonly memory: number;
}

/** Linux counts processor time in hundredths of a second for whoever looks (`USER_HZ`). */
const TICK_MS = 10;

const PAGE = 4096;

/** The fields of `/proc/PID/stat` behind the name, which may have spaces in it: the state, the parent, and so on. */
function stat(pid: string): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

const pids = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name));

/** The sockets that listen on a port, by inode. */
function listening(port: number): Set<string> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const lines = ['tcp', 'tcp6'].flatMap((table) => {
    try {
      return readFileSync(`/proc/net/${table}`, 'utf8').split('\n');
    } catch {
      return [];
    }
  });
  const fields = lines.map((line) => line.trim().split(/\s+/));
  // State 0A is LISTEN.
  return new Set(fields.filter((one) => one[1]?.endsWith(`:${hex}`) && one[3] === '0A').map((one) => one[9] ?? ''));
}

function holds(pid: string, inodes: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      const [, inode = ''] = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? [];
      return inodes.has(inode);
    });
  } catch {
    return false;
  }
}

/**
 * @param port on this machine
 * @returns the process that listens there; where several do, the one that started the others
 * @throws Failure where nobody does, or this isn't Linux
 */
export function processAt(port: number): string {
  const inodes = listening(port);
  const found = pids().filter((pid) => holds(pid, inodes));
  const first = found.find((pid) => !found.includes(stat(pid)?.[1] ?? ''));
  if (first === undefined)
    throw new Failure(`Nobody listens on port ${port}: that can only be told on Linux, and of one's own stack.`);
  return first;
}

function usageOfAll(pid: string): Usage | undefined {
  const own = stat(pid);
  if (own === undefined) return undefined;
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = own.slice(11, 15).map(Number);
  const children = pids().filter((other) => stat(other)?.[1] === pid);
  // One may end while it is looked at; its time is its parent's from then on.
  const theirs = children.flatMap((child) => usageOfAll(child) ?? []);
  return {
    cpuMs: (user + system + endedUser + endedSystem) * TICK_MS + theirs.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    memory: Number(own[21]) * PAGE + theirs.reduce((sum, { memory }) => sum + memory, 0),
  };
}

/**
 * @param pid of the process; those that it started, and that have ended since, count along
 * @throws Failure where it is gone
 */
export function usageOf(pid: string): Usage {
  const usage = usageOfAll(pid);
  if (usage === undefined) throw new Failure(`Process ${pid} is gone.`);
  return usage;
}
