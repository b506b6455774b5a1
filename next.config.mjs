import createNextIntlPlugin from 'next-intl/plugin';

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  // More than any sign-up form holds; what is larger is refused before it is read.
  experimental: { serverActions: { bodySizeLimit: '256kb' } },
};

export default createNextIntlPlugin('./lib/i18n/request.ts')(config);
