import 'server-only';
import { readFileSync, statSync } from 'node:fs';
import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import { env } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { log } from '@/lib/telemetry/log';
import { type DisposableList, isListed, readDisposableList } from './disposable-list';

/** How long a look at the file counts (milliseconds). */
const LOOK_EVERY_MS = 1_000;

/** The file's list: what its content is read with, and whom it tells. */
interface Watched {
  /** Tells one version of the file from another; undefined where there is none. */
  readonly version: () => string | undefined;
  readonly read: () => string;
  readonly now: () => number;
  readonly tell: (level: 'info' | 'error', event: string, facts?: Readonly<Record<string, string | number>>) => void;
}

/**
 * Keeps a list that may be replaced at any time. It is looked at when it is asked for, since it is large and seldom needed.
 * @param built what holds until there is a file that can be used
 * @returns the list as of now; of a bad or missing file it is told once, and the last good list holds on
 */
export function watchedList(
  built: () => ReadonlySet<string>,
  { version, read, now, tell }: Watched,
): () => ReadonlySet<string> {
  let domains: ReadonlySet<string> | undefined;
  let judged: string | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let isFirst = true;
  const attempt = (): DisposableList => {
    try {
      return readDisposableList(read());
    } catch {
      return { ok: false, problem: 'can not be read' };
    }
  };
  const look = () => {
    const found = version();
    if (found === judged && !isFirst) return;
    judged = found;
    isFirst = false;
    const list: DisposableList = found === undefined ? { ok: false, problem: 'is missing' } : attempt();
    if (!list.ok) return tell('error', 'disposable-domains.rejected', { problem: list.problem });
    domains = list.domains;
    tell('info', 'disposable-domains.loaded', { domains: list.domains.size });
  };
  return () => {
    if (now() - lookedAt >= LOOK_EVERY_MS) {
      lookedAt = now();
      look();
    }
    domains ??= built();
    return domains;
  };
}

function versionOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat && `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}

const list = () =>
  processWide('disposable domains', () => {
    const file = env().DISPOSABLE_DOMAINS_FILE;
    if (file === undefined) {
      const built = disposableEmailBlocklistSet();
      return () => built;
    }
    return watchedList(disposableEmailBlocklistSet, {
      version: () => versionOf(file),
      read: () => readFileSync(file, 'utf8'),
      now: Date.now,
      tell: log,
    });
  });

/**
 * Whether a domain, or one that it is a part of, gives out addresses to throw away: by the list that comes with the portal, or
 * by that of `DISPOSABLE_DOMAINS_FILE`.
 * @param domain see `asciiDomain`
 */
export function isDisposableDomain(domain: string): boolean {
  return isListed(list()(), domain);
}
