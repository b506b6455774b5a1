const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** The first question, and the slowest pace while most people are still reading their mail (milliseconds). */
const FIRST = 2 * SECOND;
const EAGER_AT_MOST = 3 * SECOND;
const GROWTH = 1.1;
const EAGER_FOR = 5 * MINUTE;

/** The pace after that. */
const PATIENT = 15 * SECOND;
const GIVE_UP_AFTER = 60 * MINUTE;

/**
 * When to ask the server next whether the address is verified. With the time for which the server keeps Keycloak's answer
 * (1.5 s) the eager pace notices within 5 s.
 * @param asked how often it has been asked since watching began
 * @param watched how long ago watching began, in milliseconds
 * @returns milliseconds from now; undefined when it is time to give up
 */
export function nextQuestion(asked: number, watched: number): number | undefined {
  if (watched >= GIVE_UP_AFTER) return undefined;
  return watched >= EAGER_FOR ? PATIENT : Math.min(EAGER_AT_MOST, Math.round(FIRST * GROWTH ** asked));
}
