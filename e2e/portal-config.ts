import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { expect } from './fixtures';
import { logOf, stack } from './stack';

/** The portal and the realm of the specs about brands and terms; its configuration is a file. */
export const BRANDS = 'brands';

/** A configuration as it stands in the file. */
interface Written {
  brand?: object;
  clients: Record<string, Record<string, unknown>>;
  [key: string]: unknown;
}

const file = () => stack.portals[BRANDS]?.config ?? '';

/** The file as it was before a test changed it. */
let before: string | undefined;

/** How often the portal has said something about its configuration. */
const said = (event: string) => logOf(BRANDS)(event).length;

/**
 * Writes another text into the file.
 * @param how in place, or renamed over it
 */
export function writeConfig(text: string, how: 'in place' | 'renamed' = 'in place'): void {
  before ??= readFileSync(file(), 'utf8');
  const place = how === 'in place' ? file() : `${file()}.new`;
  writeFileSync(place, text);
  if (how === 'renamed') renameSync(place, file());
}

/** Changes the configuration of the running portal until the test ends, and waits until it holds. */
export async function changeConfig(edit: (config: Written) => void, how?: 'in place' | 'renamed'): Promise<void> {
  const config = JSON.parse(readFileSync(file(), 'utf8')) as Written;
  edit(config);
  const reloads = said('config.reloaded');
  writeConfig(JSON.stringify(config), how);
  await expect.poll(() => said('config.reloaded')).toBe(reloads + 1);
}

/** Puts the configuration back that the portal was started with. */
export async function restoreConfig(): Promise<void> {
  if (before === undefined) return;
  const reloads = said('config.reloaded');
  writeFileSync(file(), before);
  before = undefined;
  await expect.poll(() => said('config.reloaded')).toBe(reloads + 1);
}
