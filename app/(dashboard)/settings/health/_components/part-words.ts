import type { Health } from '#lib/health.ts';

export type Part = keyof Health['checks'];

/** What each part is for, and what whoever runs this installation does where it is down. */
export const partWords: Readonly<
  Record<Part, { readonly name: string; readonly purpose: string; readonly remedy: string }>
> = {
  database: {
    name: 'Database',
    purpose: 'Keeps everything: data, sources, exports, jobs.',
    remedy:
      'Nothing works without it. Check that Postgres runs and that DATABASE_URL leads to it; a hosted project may be paused.',
  },
  auth: {
    name: 'Sign-in',
    purpose: 'Knows who people are when they sign in.',
    remedy:
      'Nobody can sign in, while API keys go on working. Check SUPABASE_URL and SUPABASE_PUBLISHABLE_KEY, and that the Auth server runs.',
  },
  storage: {
    name: 'File storage',
    purpose: 'Keeps uploads and exported files.',
    remedy:
      'Exports, uploads and downloads fail. Check the keys of Storage, or of the bucket where ARTIFACT_S3_ENDPOINT is set.',
  },
  queue: {
    name: 'Queue',
    purpose: 'Starts jobs the moment they are asked for.',
    remedy:
      'Jobs start late, once the sweeper finds them, and none is lost. Check QSTASH_URL and QSTASH_TOKEN.',
  },
  cache: {
    name: 'Cache',
    purpose: 'Remembers answers of the sources, so that fewer calls are made.',
    remedy: 'Calls take longer, and everything works. Check DATABASE_SERVICE_URL, by which it is reached.',
  },
};
