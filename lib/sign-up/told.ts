import 'server-only';
import { countUp } from '@/lib/guards/throttle';

/**
 * Whether an event is the first of its kind about a thing, on any instance, so that it is told once.
 * @param kind of event
 * @param thing an account's or a page's id, a client address and an hour
 */
export async function isFirst(kind: 'started' | 'verified' | 'signed-in' | 'busy', thing: string): Promise<boolean> {
  return (await countUp('told', `${kind} ${thing}`)) === 1;
}
