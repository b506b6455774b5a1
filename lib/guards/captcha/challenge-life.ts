/** How long a challenge can be solved and sent, in seconds; its record of being spent lives as long. */
export const CHALLENGE_SECONDS = 600;
