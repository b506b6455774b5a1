import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
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

/**
 * Has Chromium compile all of a script while it comes, beside the page (V8, "explicit compile hints"). By default it compiles a
 * function when it is first called, and the page stands still meanwhile: half the time for which a telephone could not
 * take what its visitor does. To any other browser it is a comment.
 */
const COMPILE_AT_ONCE = '//# allFunctionsCalledOnLoad\n';

/**
 * Makes scripts and style sheets ready to be sent. Each is put beside itself as small as it gets, for
 * `lib/compressed-files.ts`: that takes too long to be done while a visitor waits, and need be done but once.
 * @param {{ distDir: string }} build where it went
 */
async function finishFiles({ distDir }) {
  const folder = join(distDir, 'static');
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.(js|css)$/.test(name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  for (const name of names) {
    const path = join(folder, name);
    const text = await readFile(path, 'utf8');
    const finished = name.endsWith('.js') ? `${COMPILE_AT_ONCE}${text}` : text;
    await writeFile(path, finished);
    await writeFile(`${path}.br`, await promisify(brotliCompress)(finished, { params }));
  }
}

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
  compiler: { runAfterProductionCompile: finishFiles },
  experimental: {
    serverActions: { bodySizeLimit: LONGEST_FORM },
    // The middleware keeps a copy of what is posted, and no more of it than is read in the end.
    proxyClientMaxBodySize: LONGEST_FORM,
    // Few files rather than small ones: a visitor comes to the sign-up page first, and mostly to no other but the next step.
    // By default Turbopack keeps what several pages share apart; a request costs a telephone more than the bytes saved.
    turbopackChunking: { maxChunkCountPerGroup: 2, minChunkSize: 500_000, maxMergeChunkSize: 5_000_000 },
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
