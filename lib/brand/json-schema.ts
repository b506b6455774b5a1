import { z } from 'zod';
import { configSchema } from './schema';

/** Where the JSON Schema lies, from the project's folder; `npm run config:schema` writes it. */
export const SCHEMA_FILE = 'portal-config.schema.json';

/** The JSON Schema of a portal configuration, for editors: it knows the shape, and leaves contrast and texts to the check. */
export function configJsonSchema(): string {
  const schema = z.toJSONSchema(configSchema, { io: 'input', reused: 'ref' });
  return `${JSON.stringify({ title: 'Portal configuration of Vestibule', ...schema }, null, 2)}\n`;
}
