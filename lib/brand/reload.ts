import 'server-only';
import { readFile } from 'node:fs/promises';
import { env } from '@/lib/env';
import { log } from '@/lib/telemetry/log';
import { replacePortalConfig, surroundings } from './config';
import { isInline, type Parsed, parseConfigText } from './parse';
import type { PortalConfig } from './schema';

/** How often the file is looked at (milliseconds). Its content is read, and no event of the file system waited for. */
const LOOK_EVERY_MS = 500;

/** What a look at the file needs, and whom it tells. */
interface Watched {
  /** The content of the file; fails where there is none. */
  readonly read: () => Promise<string>;
  readonly parse: (text: string) => Parsed;
  readonly accept: (config: PortalConfig) => void;
  readonly tell: (level: 'info' | 'error', event: string, facts?: { problems: readonly string[] }) => void;
}

/**
 * Looks at a configuration file again and again. Its content alone counts, so that it does not matter how it got there:
 * written in place, renamed over the old one, or behind a symbolic link that now leads elsewhere (a ConfigMap of Kubernetes).
 * @param first what was read at the start
 * @returns looks once. A new content is taken up when two looks in a row find it, since it may be half written the first
 *   time; a bad one is told of once, and the last good one holds on
 */
export function configWatch(first: string, { read, parse, accept, tell }: Watched): () => Promise<void> {
  let judged = first;
  let found = first;
  let isMissing = false;
  return async () => {
    const text = await read().catch(() => undefined);
    if (text === undefined) {
      if (!isMissing) tell('error', 'config.unreadable');
      isMissing = true;
      return;
    }
    isMissing = false;
    const isSettled = text === found;
    found = text;
    if (!isSettled || text === judged) return;
    judged = text;
    const result = parse(text);
    if (!result.ok) return tell('error', 'config.rejected', { problems: result.problems });
    accept(result.config);
    tell('info', 'config.reloaded');
  };
}

/**
 * Takes up what is written into the configuration's file from now on; nothing where `PORTAL_CONFIG` is the JSON itself.
 * @param first the text that the configuration which holds now came from
 */
export function watchPortalConfig(first: string): void {
  const { PORTAL_CONFIG } = env();
  if (isInline(PORTAL_CONFIG)) return;
  const look = configWatch(first, {
    read: () => readFile(PORTAL_CONFIG, 'utf8'),
    parse: (text) => parseConfigText(text, surroundings(env())),
    accept: replacePortalConfig,
    tell: (level, event, facts) => log(level, event, { ...facts }),
  });
  setInterval(look, LOOK_EVERY_MS).unref();
}
