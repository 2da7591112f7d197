import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  typedRoutes: true,
  // `npm run types` checks the whole project; a build need not do it again, tests and all.
  typescript: { ignoreBuildErrors: true },
  // Its own lines would stand between ours, which are structured and carry the request's id.
  logging: { incomingRequests: false },
};

export default config;
