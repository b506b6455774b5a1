/** A mail provider's inbox on the web. */
export interface WebMail {
  /** As the provider writes it; the same in every language. */
  readonly name: string;
  readonly url: string;
}

const GMAIL: WebMail = { name: 'Gmail', url: 'https://mail.google.com/mail/' };
const OUTLOOK: WebMail = { name: 'Outlook', url: 'https://outlook.live.com/mail/' };
const YAHOO: WebMail = { name: 'Yahoo Mail', url: 'https://mail.yahoo.com/' };
const ICLOUD: WebMail = { name: 'iCloud Mail', url: 'https://www.icloud.com/mail/' };
const PROTON: WebMail = { name: 'Proton Mail', url: 'https://mail.proton.me/' };
const GMX: WebMail = { name: 'GMX', url: 'https://www.gmx.net/' };
const FASTMAIL: WebMail = { name: 'Fastmail', url: 'https://app.fastmail.com/' };
const ZOHO: WebMail = { name: 'Zoho Mail', url: 'https://mail.zoho.com/' };

/** Only domains that belong to a provider for everyone: who reads the mail of any other domain where, nobody can tell. */
const PROVIDERS: ReadonlyMap<string, WebMail> = new Map([
  ['gmail.com', GMAIL],
  ['googlemail.com', GMAIL],
  ['outlook.com', OUTLOOK],
  ['outlook.de', OUTLOOK],
  ['hotmail.com', OUTLOOK],
  ['hotmail.de', OUTLOOK],
  ['hotmail.co.uk', OUTLOOK],
  ['hotmail.fr', OUTLOOK],
  ['live.com', OUTLOOK],
  ['live.de', OUTLOOK],
  ['msn.com', OUTLOOK],
  ['yahoo.com', YAHOO],
  ['yahoo.de', YAHOO],
  ['yahoo.co.uk', YAHOO],
  ['yahoo.fr', YAHOO],
  ['ymail.com', YAHOO],
  ['icloud.com', ICLOUD],
  ['me.com', ICLOUD],
  ['mac.com', ICLOUD],
  ['proton.me', PROTON],
  ['protonmail.com', PROTON],
  ['pm.me', PROTON],
  ['gmx.de', GMX],
  ['gmx.net', GMX],
  ['gmx.at', GMX],
  ['gmx.ch', GMX],
  ['gmx.com', { name: 'GMX', url: 'https://www.gmx.com/' }],
  ['web.de', { name: 'WEB.DE', url: 'https://web.de/' }],
  ['t-online.de', { name: 'T-Online', url: 'https://email.t-online.de/' }],
  ['posteo.de', { name: 'Posteo', url: 'https://posteo.de/login' }],
  ['posteo.net', { name: 'Posteo', url: 'https://posteo.de/login' }],
  ['mailbox.org', { name: 'mailbox.org', url: 'https://app.mailbox.org/' }],
  ['fastmail.com', FASTMAIL],
  ['fastmail.fm', FASTMAIL],
  ['zoho.com', ZOHO],
  ['zohomail.com', ZOHO],
  ['zohomail.eu', { name: 'Zoho Mail', url: 'https://mail.zoho.eu/' }],
  ['aol.com', { name: 'AOL Mail', url: 'https://mail.aol.com/' }],
  ['freenet.de', { name: 'freenet Mail', url: 'https://email.freenet.de/' }],
]);

/**
 * Where the owner of an address reads mail on the web.
 * @param email an address in any case
 * @returns undefined for a domain that isn't a known provider's
 */
export function webMailOf(email: string): WebMail | undefined {
  return PROVIDERS.get(email.slice(email.lastIndexOf('@') + 1).toLowerCase());
}
