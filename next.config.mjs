import createNextIntlPlugin from 'next-intl/plugin';

/** More than any sign-up form holds; what is larger is refused before it is read. */
const LONGEST_FORM = '256kb';

/**
 * The headers of every answer, whoever gives it: a page, a route handler, a file, a redirect, an error of Next's own (OWASP
 * Secure Headers, ASVS 3.4). The strictest that there are: nothing but a page needs more, and the middleware gives each
 * page its own in their place (`lib/security-headers.ts`).
 */
const STRICTEST = {
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
};

const asList = (headers) => Object.entries(headers).map(([key, value]) => ({ key, value }));

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  // A title is part of a page from its first byte on, for everyone: it is the first thing that a screen reader says.
  htmlLimitedBots: /.*/,
  // Hundreds of modules; with them in the build, all names of modules get longer, in the browser, too.
  serverExternalPackages: [
    '@redis/client',
    'prom-client',
    '@opentelemetry/api',
    '@opentelemetry/context-async-hooks',
    '@opentelemetry/core',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-trace-base',
  ],
  // No page has an image that Next would scale: its optimizer would only fetch addresses for strangers.
  images: { unoptimized: true },
  experimental: {
    serverActions: { bodySizeLimit: LONGEST_FORM },
    // The middleware keeps a copy of what is posted, and no more of it than is read in the end.
    proxyClientMaxBodySize: LONGEST_FORM,
  },
  headers: async () => [
    { source: '/:path*', headers: asList(STRICTEST) },
    // Answers to one visitor, or to a machine with a token.
    { source: '/(api|realms)/:path*', headers: asList({ 'Cache-Control': 'no-store' }) },
    // Other sites' pages run it.
    { source: '/embed.js', headers: asList({ 'Cross-Origin-Resource-Policy': 'cross-origin' }) },
  ],
};

export default createNextIntlPlugin('./lib/i18n/request.ts')(config);
