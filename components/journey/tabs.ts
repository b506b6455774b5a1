/** Tabs of one browser share the cookies of a sign-in, so only one of them should begin it by itself. */
const CHANNEL = 'vestibule.sign-in';

/** Tells the other tabs of this browser that this one goes on to sign in. */
export function announceSignIn(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('');
  channel.close();
}

/**
 * Listens for another tab that goes on to sign in.
 * @returns ends the listening
 */
export function onSignInElsewhere(told: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = told;
  return () => channel.close();
}
