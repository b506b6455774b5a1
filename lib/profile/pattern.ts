import { createMatcher } from './matcher';
import type { PatternMatcher } from './types';

/**
 * Judges Java patterns with the browser's own engine. It backtracks, so a bad pattern can be slow: only for a value that
 * its own author typed, never on the server (see `pattern-server.ts`).
 */
export const matchPattern: PatternMatcher = createMatcher(
  {
    codePoint: (point) => `\\u{${point.toString(16)}}`,
    property: (name, isNegated) => `\\${isNegated ? 'P' : 'p'}{${name}}`,
    hasLookaround: true,
  },
  (source) => {
    const expression = new RegExp(source, 'u');
    return (value) => expression.test(value);
  },
);
