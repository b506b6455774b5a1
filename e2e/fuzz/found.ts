/**
 * Posts that have found faults, by what went wrong; they are sent again in every run. A number means the same post as long as
 * the pages and the mutations are as they were, so what a fault taught is also in a test of its own (`lib/guards/posts.test.ts`,
 * `lib/posted.test.ts`, `lib/guards/request-target.test.ts`, `lib/telemetry/console.test.ts`).
 */
export const FOUND: readonly { readonly what: string; readonly index: number }[] = [
  { what: 'a target that is no address: 500', index: 6 },
  { what: 'a connection cut while Next read it: a stack trace in the log', index: 7 },
  { what: 'an argument that refers to another one: 500', index: 19 },
  { what: 'a call without a content type: 500, and what was typed in the log', index: 21 },
  { what: 'a body that is none: 500 from our own refusal', index: 39 },
  { what: 'a cookie of next-auth that names no address: 500 at every sign-in', index: 143 },
  { what: 'a method that Fetch does not know: an error in the log', index: 277 },
  { what: 'a robot’s address of twenty kilobytes, for a cookie: no browser reads such a head', index: 1840 },
  { what: 'a content type with two boundaries, of which Next takes the other one: 500', index: 2155 },
  { what: 'a form that one reader can read and Next’s can’t: 500', index: 7732 },
  { what: 'a part with two names, of which Next takes the other one: 500', index: 8213 },
  { what: 'a file that is to be deleted: 500', index: 7923 },
  { what: 'a form of somebody whose cookie names an odd address to go on to: 500', index: 2720 },
  { what: 'a post that says it is a prefetch: an error in the log', index: 54 },
];

/** The seed of them all. */
export const FOUND_SEED = 1;
