import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { contrastProblems, type Problem } from './contrast';
import { configSchema, type PortalConfig } from './schema';
import { textProblems } from './texts';

export type Parsed =
  | { readonly ok: true; readonly config: PortalConfig }
  /** A line for each problem, which names the place in the file and the mend. */
  | { readonly ok: false; readonly problems: string[] };

const failed = (...problems: string[]): Parsed => ({ ok: false, problems });

/** @returns whether the variable holds the JSON itself, and not the path of a file */
export function isInline(source: string): boolean {
  return source.trimStart().startsWith('{');
}

/** `clients.shop.texts.en["signUp.title"]`, as one would write it in JavaScript. */
function placeOf(path: readonly PropertyKey[]): string {
  const written = path.map((step, index) => {
    if (typeof step === 'number') return `[${step}]`;
    const name = String(step);
    if (!/^[\w$-]+$/.test(name)) return `[${JSON.stringify(name)}]`;
    return index === 0 ? name : `.${name}`;
  });
  return written.join('') || '(top)';
}

/** What a value that may be one of several things is closest to: whatever got furthest into it says what is wrong. */
function issuesOf(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const depth = (issues: readonly z.core.$ZodIssue[]) =>
    Math.max(0, ...issues.map(({ path, code }) => path.length + (code === 'unrecognized_keys' ? 1 : 0)));
  const [closest] = [...issue.errors].sort((one, other) => depth(other) - depth(one));
  if (closest === undefined || depth(closest) === 0) return [issue];
  return closest.flatMap((inner) => issuesOf({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** Where JSON ends to be JSON; V8 names the position, and nothing of the text may get into a log. */
function placeInText(error: unknown, text: string): string {
  const position = error instanceof SyntaxError ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  if (position === undefined) return '';
  const before = text.slice(0, Number(position)).split('\n');
  return ` (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}

/** What the configuration may ask for and the process's variables have to give. */
export interface Surroundings {
  /** The keys of hCaptcha are set. */
  readonly hasCaptchaKeys: boolean;
  /** Browsers let the portal's pages compute. */
  readonly canCompute: boolean;
}

function captchaProblems(config: PortalConfig, { hasCaptchaKeys, canCompute }: Surroundings): Problem[] {
  const lacks = {
    hcaptcha: hasCaptchaKeys ? undefined : 'needs HCAPTCHA_SITE_KEY and HCAPTCHA_SECRET: set them, or say none',
    'proof-of-work': canCompute ? undefined : 'needs a PORTAL_URL that is https: browsers compute on no other page',
    none: undefined,
  };
  return [
    { path: ['captcha'], captcha: config.captcha },
    ...Object.entries(config.clients).map(([id, { captcha }]) => ({ path: ['clients', id, 'captcha'], captcha })),
  ].flatMap(({ path, captcha }) => {
    const message = captcha && lacks[captcha];
    return message === undefined ? [] : [{ path, message }];
  });
}

/**
 * Parses the text of a portal configuration.
 * @param text JSON
 * @param surroundings what else has to be there; undefined where that is not known
 */
export function parseConfigText(text: string, surroundings?: Surroundings): Parsed {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return failed(`PORTAL_CONFIG is not valid JSON${placeInText(error, text)}`);
  }
  const parsed = configSchema.safeParse(json);
  const problems: readonly Problem[] = parsed.success
    ? [
        ...contrastProblems(parsed.data),
        ...textProblems(parsed.data),
        ...(surroundings === undefined ? [] : captchaProblems(parsed.data, surroundings)),
      ]
    : parsed.error.issues.flatMap(issuesOf);
  if (parsed.success && problems.length === 0) return { ok: true, config: parsed.data };
  return failed(...problems.map(({ path, message }) => `PORTAL_CONFIG ${placeOf(path)}: ${message}`));
}

/**
 * Reads and parses a portal configuration.
 * @param source the path of a JSON file, or JSON itself (starts with a brace)
 * @param surroundings see `parseConfigText`
 * @returns the configuration with the text that it came from
 */
export function parsePortalConfig(source: string, surroundings?: Surroundings): Parsed & { readonly text: string } {
  let text = source;
  try {
    if (!isInline(source)) text = readFileSync(source, 'utf8');
  } catch {
    return { ...failed(`PORTAL_CONFIG names a file that can't be read: ${source}`), text: '' };
  }
  return { ...parseConfigText(text, surroundings), text };
}
