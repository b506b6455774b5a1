import createNextIntlPlugin from 'next-intl/plugin';

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  // A title is part of a page from its first byte on, for everyone: it is the first thing that a screen reader says.
  htmlLimitedBots: /.*/,
  // More than any sign-up form holds; what is larger is refused before it is read.
  experimental: { serverActions: { bodySizeLimit: '256kb' } },
};

export default createNextIntlPlugin('./lib/i18n/request.ts')(config);
