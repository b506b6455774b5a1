import type { ParsedMail } from 'mailparser';

/** One mail as the look-up gives it. */
export interface CaughtMail {
  id: string;
  from: string;
  /** The addresses of the SMTP envelope, which are those that would have got it. */
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** Every http(s) address in it, once each, in order of appearance. */
  links: string[];
  /** When it was caught, ISO 8601. */
  date: string;
}

/** The oldest are dropped beyond this: a load test must not fill the memory. */
const CAPACITY = 20_000;

/** @returns the addresses that a mail leads to: those of the HTML's links and those that stand in the text */
function linksOf(html: string, text: string): string[] {
  const hrefs = [...html.matchAll(/href\s*=\s*["']([^"']+)["']/gi)].map((match) =>
    (match[1] ?? '').replaceAll('&amp;', '&'),
  );
  const plain = [...text.matchAll(/https?:\/\/[^\s<>"'\])]+/g)].map((match) => match[0].replace(/[.,;:!?]+$/, ''));
  return [...new Set([...hrefs.filter((href) => /^https?:/.test(href)), ...plain])];
}

/** What was caught, newest first, with waiting look-ups. */
export class Mailbox {
  #mails: CaughtMail[] = [];
  #waiting = new Set<() => void>();

  /**
   * @param parsed mail as mailparser read it
   * @param from envelope sender
   * @param to envelope recipients
   */
  add(parsed: ParsedMail, from: string, to: string[]): void {
    const html = parsed.html || '';
    const text = parsed.text ?? '';
    const mail: CaughtMail = {
      id: crypto.randomUUID(),
      from,
      to,
      subject: parsed.subject ?? '',
      text,
      html,
      links: linksOf(html, text),
      date: new Date().toISOString(),
    };
    this.#mails = [mail, ...this.#mails].slice(0, CAPACITY);
    for (const wake of this.#waiting) wake();
  }

  /**
   * @param to recipient to look for, in any case; every mail without it
   * @returns the mails, newest first
   */
  find(to?: string | null): CaughtMail[] {
    const wanted = to?.toLowerCase();
    return wanted ? this.#mails.filter((mail) => mail.to.some((one) => one.toLowerCase() === wanted)) : this.#mails;
  }

  /** @returns the mail with this id, if it is still there */
  get(id: string): CaughtMail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  /**
   * Waits for mail, so that nobody has to poll.
   * @param to recipient
   * @param count how many mails it must be
   * @param milliseconds the longest wait
   * @returns the mails that are there then, newest first; fewer than count when the time is over
   */
  waitFor(to: string | null, count: number, milliseconds: number): Promise<CaughtMail[]> {
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        this.#waiting.delete(check);
        resolve(this.find(to));
      };
      const check = () => {
        if (this.find(to).length >= count) finish();
      };
      const timer = setTimeout(finish, milliseconds);
      this.#waiting.add(check);
      check();
    });
  }

  /** Forgets everything. */
  clear(): void {
    this.#mails = [];
  }
}
