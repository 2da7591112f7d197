import type { NextConfig } from 'next';

const securityHeaders = {
  'Content-Security-Policy': "base-uri 'self'; frame-ancestors 'none'; object-src 'none'",
  'Referrer-Policy': 'same-origin',
  'Strict-Transport-Security': 'max-age=63072000',
  'X-Content-Type-Options': 'nosniff',
};

const config: NextConfig = {
  poweredByHeader: false,
  typedRoutes: true,
  // Without it every icon and component of these would be compiled for each page that uses one.
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'] },
  // What writes Parquet and PDF reads files beside it: WebAssembly and fonts, which a build finds by no import.
  serverExternalPackages: ['apache-arrow', 'parquet-wasm', 'pdfkit'],
  outputFileTracingIncludes: {
    // Jobs, and every page and route that shows a preview.
    '/**': [
      './node_modules/parquet-wasm/node/*',
      './node_modules/dejavu-fonts-ttf/ttf/DejaVuSansCondensed{,-Bold}.ttf',
    ],
  },
  // `npm run types` checks the whole project; a build need not do it again, tests and all.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: '/:path*', headers: Object.entries(securityHeaders).map(([key, value]) => ({ key, value })) },
  ],
  // Its own lines would stand between ours, which are structured and carry the request's id.
  logging: { incomingRequests: false },
};

export default config;
