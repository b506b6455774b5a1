import 'server-only';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/** Attributes that leave the portal; all others, among them addresses with their queries, stay. */
const ALLOWED: ReadonlySet<string> = new Set([
  'error.type',
  'http.method',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'http.status_code',
  'next.route',
  'next.rsc',
  'next.span_type',
  'operation.name',
]);

const isAllowed = (name: string) => ALLOWED.has(name) || name.startsWith('vestibule.');

/** Attributes with the pattern of a route, such as `/[locale]/sign-up`. */
const ROUTES = ['http.route', 'next.route'];

/**
 * A span's name without what was asked for: Next names spans by addresses where it knows no route.
 * @param routes patterns that the address belongs to
 */
function nameOf(name: string, routes: readonly string[]): string {
  const isPattern = (word: string) => routes.some((route) => word === route || word === `${route}/route`);
  const words = name.split(' ').map((word) => (/[/?#%@]/.test(word) && !isPattern(word) ? '…' : word));
  return words.join(' ');
}

/**
 * A span as it may leave the portal: names, addresses and messages are dropped unless they are known to hold nothing that
 * a person typed. An exception keeps its class.
 * @param span of Next or of ours
 */
export function impersonal(span: ReadableSpan): ReadableSpan {
  const routes = ROUTES.map((name) => span.attributes[name]).filter((value) => typeof value === 'string');
  const kept = (attributes: ReadableSpan['attributes'], isKept: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(attributes).filter(([name]) => isKept(name)));
  return Object.create(span, {
    name: { value: nameOf(span.name, routes) },
    attributes: { value: kept(span.attributes, isAllowed) },
    events: {
      value: span.events.map(({ attributes = {}, ...event }) => ({
        ...event,
        attributes: kept(attributes, (name) => name === 'exception.type'),
      })),
    },
    status: { value: { code: span.status.code } },
    // Whoever made a link knows what is in it, and we don't.
    links: { value: [] },
  });
}
