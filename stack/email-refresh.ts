/** `npm run email:refresh`: a newer list of disposable domains for the portal. */
import { parseArgs } from 'node:util';
import { refreshDisposableDomains } from './disposable-refresh';

const USAGE = `npm run email:refresh -- [ADDRESS] [--file FILE]

Fetches a list of disposable e-mail domains (one on a line, or a JSON array), checks it, and writes it where the portal reads
it. A list that is broken, too short or has a well-known provider in it is refused, and the file stays as it was.
  ADDRESS      http(s) address of the list; else DISPOSABLE_DOMAINS_URL
  --file FILE  where to write it; else DISPOSABLE_DOMAINS_FILE, which the portal must have, too
  --help       shows this`;

/** @returns the line to print, and whether all went well */
async function main(): Promise<readonly [string, boolean]> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { file: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) return [USAGE, true];
  const address = positionals[0] ?? process.env.DISPOSABLE_DOMAINS_URL ?? '';
  const file = values.file ?? process.env.DISPOSABLE_DOMAINS_FILE ?? '';
  if (!/^https?:\/\//.test(address) || !URL.canParse(address))
    return ['DISPOSABLE_DOMAINS_URL, or an argument, must be the http(s) address of a list', false];
  if (file === '') return ['DISPOSABLE_DOMAINS_FILE, or --file, must name the file to write', false];
  const result = await refreshDisposableDomains(address, file);
  return [result.said, result.isWell];
}

const [said, isWell] = await main();
process[isWell ? 'stdout' : 'stderr'].write(`${said}\n`);
process.exitCode = isWell ? 0 : 1;
