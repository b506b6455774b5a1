import 'server-only';
import { after } from 'next/server';
import { answering } from '@/lib/answering';
import { log, reason } from '@/lib/telemetry/log';

/**
 * Does something once the visitor has their answer, so that nobody waits for it and how long it takes tells nothing.
 * @param event written into the log when it fails
 * @param work resolves with false where it could not be done
 */
export function later(event: string, work: () => Promise<boolean>): void {
  const afterAnswer = answering()?.after ?? after;
  afterAnswer(async () => {
    try {
      if (!(await work())) log('warn', event);
    } catch (error) {
      log('warn', event, { reason: reason(error) });
    }
  });
}
