import 'server-only';
import { createTransport, type Transporter } from 'nodemailer';
import { env } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { callUnderPolicy } from '@/lib/resilience/policy';

/** One mail, in both forms. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** BCP 47 tag of the texts. */
  readonly language: string;
}

/** How long each step of the conversation may take (milliseconds). */
const LIMIT_MS = 10_000;

function transport(url: string): Transporter {
  const limits = { connectionTimeout: LIMIT_MS, greetingTimeout: LIMIT_MS, socketTimeout: LIMIT_MS };
  return processWide('mail-transport', () => createTransport({ url, ...limits }));
}

/** Whether the portal has a mail server of its own; the link that verifies an address is Keycloak's to send. */
export function canSendMail(): boolean {
  return env().SMTP_URL !== undefined;
}

/**
 * Sends a mail through the portal's own mail server.
 * @param mail whole
 * @throws what the mail server or the network said; not fit for a log, as it may name the address
 */
export async function sendMail({ to, subject, text, html, language }: Mail): Promise<void> {
  const { SMTP_URL = '', MAIL_FROM } = env();
  const mail = {
    from: MAIL_FROM,
    // As an object: an address in a text is parsed, and could turn out to be two.
    to: { name: '', address: to },
    subject,
    text,
    html,
    // RFC 3834, 5: no holiday reply to this one.
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  // One address that is refused says nothing about the server.
  const isRefusal = (error: unknown) => error instanceof Error && 'responseCode' in error;
  await callUnderPolicy('mail', () => transport(SMTP_URL).sendMail(mail), { isRefusal });
}
