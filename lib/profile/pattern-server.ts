import { RE2JS } from 're2js';
import { createMatcher } from './matcher';
import type { PatternMatcher } from './types';

/** RE2 writes categories and scripts alike, and has no other properties. */
function property(name: string, isNegated: boolean): string | undefined {
  const bare = name.replace(/^Script=/, '');
  return bare !== name || bare.length <= 2 ? `\\${isNegated ? 'P' : 'p'}{${bare}}` : undefined;
}

/**
 * Judges Java patterns in time linear to the value (RE2), so that no pattern of a realm can hang the server. Patterns
 * with lookaround are left to Keycloak.
 */
export const matchPattern: PatternMatcher = createMatcher(
  { codePoint: (point) => `\\x{${point.toString(16)}}`, property, hasLookaround: false },
  (source) => {
    const expression = RE2JS.compile(source);
    return (value) => expression.test(value);
  },
);
