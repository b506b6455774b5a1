import { type Browser, type BrowserContext, test as base, type Locator, type Request } from '@playwright/test';
import { stack } from './stack';
import { noteAsked, noteTyped, postedFields } from './typed';
import { judgeViolations, type Violation, violationIn } from './violations';

export * from '@playwright/test';

/** What React puts before the name of a field of an action's form. */
const PREFIX = /^_?\d+_/;

/**
 * Fields of a form that say nothing about a person: the page's own and React's, Keycloak's, and those of an authorization
 * request (OIDC Core 3.1.2.1), which its address may hold just as well; `login_hint` is not among them.
 */
const OF_THE_PAGE =
  /^\$|^\d+$|^(?:locale|submit|login|cancel|try-another-way|credentialId|isAIA|transports|authenticatorLabel|client_id|redirect_uri|scope|response_type|response_mode|prompt)$/;

/** Origins whose pages are ours. */
function ownOrigins(): string[] {
  return [...Object.values(stack.portals).map(({ url }) => url), `https://localhost:${stack.tlsPort}`];
}

function notePosted(request: Request): void {
  const isOurs = [...ownOrigins(), stack.keycloak.url].some((origin) => request.url().startsWith(`${origin}/`));
  if (request.method() !== 'POST' || !isOurs) return;
  for (const [name, value] of postedFields(request.postData() ?? '', request.headers()['content-type'] ?? ''))
    if (!OF_THE_PAGE.test(name.replace(PREFIX, ''))) noteTyped(name.replace(PREFIX, ''), value);
}

/** Has a locator tell what it fills in, whether it is ever sent or not. */
function noteFilled(locator: Locator): void {
  const kind: Pick<Locator, 'fill'> & { isNoted?: boolean } = Object.getPrototypeOf(locator);
  if (kind.isNoted) return;
  const { fill } = kind;
  kind.isNoted = true;
  kind.fill = function (this: Locator, value, options) {
    noteTyped('text in a field', value);
    return fill.call(this, value, options);
  };
}

/** Listens to every page and frame of a context, whoever opens them. */
function watchContext(context: BrowserContext, found: Violation[]): void {
  const origins = ownOrigins();
  context.on('console', (message) => {
    const violation = violationIn(message);
    if (violation !== undefined) found.push(violation);
  });
  context.on('page', (page) => noteFilled(page.locator('html')));
  context.on('request', notePosted);
  context.on('response', (response) => {
    const request = response.request();
    const url = request.url();
    if (!origins.some((origin) => url.startsWith(`${origin}/`)) || url.includes('/_next/static/')) return;
    noteAsked({ url, status: response.status(), referrer: request.headers().referer ?? '' });
  });
}

function watchBrowser(browser: Browser): Violation[] {
  const found: Violation[] = [];
  for (const context of browser.contexts()) watchContext(context, found);
  browser.on('context', (context) => watchContext(context, found));
  return found;
}

/**
 * The test of all specs. What a content security policy of ours stops, in any page that a test opens, fails it; what is
 * typed and asked for is noted, to be looked for when all have run.
 */
export const test = base.extend<{ noViolations: undefined }, { violations: Violation[] }>({
  violations: [({ browser }, provide) => provide(watchBrowser(browser)), { scope: 'worker', auto: true }],
  noViolations: [
    async ({ violations }, provide, info) => {
      const before = violations.length;
      await provide(undefined);
      const wrong = judgeViolations(violations.slice(before), ownOrigins(), info);
      if (wrong.length > 0) throw new Error(wrong.join('\n'));
    },
    { auto: true },
  ],
});
