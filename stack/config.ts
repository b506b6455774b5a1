/**
 * `npm run config:schema` writes the JSON Schema of the portal configuration; `npm run config:check -- FILE` says whether a
 * portal would take a file.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configJsonSchema, SCHEMA_FILE } from '../lib/brand/json-schema';
import { parsePortalConfig } from '../lib/brand/parse';
import { ROOT } from './folders';

const [task, file] = process.argv.slice(2);

if (task === 'schema') {
  writeFileSync(join(ROOT, SCHEMA_FILE), configJsonSchema());
} else if (task === 'check' && file !== undefined) {
  const result = parsePortalConfig(file);
  const lines = result.ok ? [`${file} is a portal configuration without a fault`] : result.problems;
  for (const line of lines) process.stdout.write(`${line}\n`);
  process.exitCode = result.ok ? 0 : 1;
} else {
  process.stderr.write('Usage: npm run config:check -- FILE\n');
  process.exitCode = 2;
}
