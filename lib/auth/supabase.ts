import { createServerClient } from '@supabase/ssr';
import type { SupabaseClient } from '@supabase/supabase-js';
import type { CookieJar } from '#lib/auth/cookies.ts';
import { env } from '#lib/env.ts';

const AUTH_TIMEOUT_MS = 10_000;

/** A client of the Auth server whose session lies in the given cookies; one for each request. */
export function authClient({ getAll, setAll }: CookieJar): SupabaseClient['auth'] {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = env();
  return createServerClient(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, {
    // These two alone: a `get` among them makes the library fall back to its older way.
    cookies: { getAll, setAll },
    global: {
      fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(AUTH_TIMEOUT_MS) }),
    },
  }).auth;
}
