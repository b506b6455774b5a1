import createNextIntlPlugin from 'next-intl/plugin';

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  // A value of the build, not of the run: people behind a proxy that rewrites Host need its public origin here.
  experimental: { serverActions: { bodySizeLimit: '256kb' } },
};

export default createNextIntlPlugin('./lib/i18n/request.ts')(config);
