import 'server-only';
import { clientConfig } from '@/lib/brand/config';

/**
 * A client's name in events and metrics: only one that the configuration knows, so that nobody can write anything there or
 * make ever more of them.
 * @param clientId anyone's word
 * @returns `other` for an unknown one, `none` for none
 */
export function clientLabel(clientId: string | undefined): string {
  if (clientId === undefined) return 'none';
  return clientConfig(clientId) === undefined ? 'other' : clientId;
}
