import { expect, test } from 'vitest';
import { javaRelease, requireJava } from './java';

test.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['java version "1.8.0_402"', 8],
  ['openjdk version "25" 2025-09-16', 25],
  ['nonsense', undefined],
])('%s', (text, release) => {
  expect(javaRelease(text)).toBe(release);
});

test('a missing Java is one line that says what to install', () => {
  expect(() => requireJava({ JAVA_HOME: '/nowhere' })).toThrow(/No Java found .*install/);
});
