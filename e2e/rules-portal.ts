import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLeakedPasswords } from '../stack/leaked/start';

/** The portal of the spec about e-mail and password rules. */
export const RULES_PORTAL = 'rules';

/** A password that no list of common ones has, and that has leaked. */
export const LEAKED_PASSWORD = 'Lantern-in-the-fog-58';

/** In the list of disposable domains that the portal's file holds from the start. */
export const FILED_DOMAIN = 'throwaway-7.example';

/** One domain on each line, as many as a list has to have. */
export function disposableList(name: string): string {
  return Array.from({ length: 1_000 }, (_, index) => `${name}-${index}.example`).join('\n');
}

/** Starts what the portal asks about leaked passwords; `env` are the portal's variables. */
export async function startRulesPortal() {
  const leaked = await startLeakedPasswords({ [LEAKED_PASSWORD]: 5 });
  const file = join(mkdtempSync(join(tmpdir(), 'disposable-')), 'domains.txt');
  writeFileSync(file, disposableList('throwaway'));
  const common = { CAPTCHA: 'none', SIGN_UPS_PER_HOUR: '1000', PASSWORD_MODE: 'form' };
  return {
    file,
    env: {
      ...common,
      LEAKED_PASSWORDS_URL: leaked.url,
      DISPOSABLE_DOMAINS_FILE: file,
      PORTAL_CONFIG: JSON.stringify({
        brand: { name: 'Northwind' },
        emailDomains: { deny: ['=denied.example', 'ada@blocked.example'] },
        clients: {
          shop: { name: 'Harbour Shop', passwordRules: { common: false, context: false, leaked: false } },
          developers: { disposableEmail: 'allow', plusAddressing: 'refuse', deceptiveEmail: 'allow' },
        },
      }),
    },
    // A service that is not there: passwords pass.
    deaf: { ...common, LEAKED_PASSWORDS_URL: 'http://127.0.0.1:9/range' },
    stop: () => leaked.stop(),
  };
}
