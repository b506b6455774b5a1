import { type Dialect, translateJavaPattern } from './java-pattern';
import type { PatternMatcher } from './types';

/** No rule needs longer values (Keycloak refuses more than 2048 units by default); an engine should not be fed with them. */
const MAX_VALUE_LENGTH = 65_536;
const MAX_COMPILED = 256;

/**
 * Makes a matcher out of an engine. Compiled patterns are kept, a bounded number of them.
 *
 * @param compile gives the test of a translated pattern, or undefined or an error for what the engine cannot do
 */
export function createMatcher(
  dialect: Dialect,
  compile: (source: string) => (value: string) => boolean,
): PatternMatcher {
  const tests = new Map<string, ((value: string) => boolean) | undefined>();
  const compiled = (javaPattern: string) => {
    const source = translateJavaPattern(javaPattern, dialect);
    if (source === undefined) return undefined;
    try {
      return compile(source);
    } catch {
      // The engine knows no such script, or refuses such a repetition.
      return undefined;
    }
  };
  return (javaPattern, value) => {
    if (value.length > MAX_VALUE_LENGTH) return undefined;
    if (!tests.has(javaPattern)) {
      if (tests.size >= MAX_COMPILED) tests.clear();
      tests.set(javaPattern, compiled(javaPattern));
    }
    return tests.get(javaPattern)?.(value);
  };
}
