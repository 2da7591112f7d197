import { createServerClient } from '@supabase/ssr';
import { type NextRequest, NextResponse } from 'next/server';
import { env } from '#lib/env.ts';

/** Pages alone: routes under /api renew the session themselves, and files need none. */
export const config = { matcher: ['/((?!api/|_next/|favicon.ico|.*\\.[a-z]+$).*)'] };

/** Where one may be without a session. */
const OPEN = /^\/(?:$|sign-in|sign-up|password|invitation|auth\/|developers)/;

/**
 * Renews the session of whoever opens a page, since a page cannot answer with cookies, and sends whoever has none
 * to the sign-in and from there back. What may be seen is decided by the pages themselves.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  let response = NextResponse.next({ request });
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = env();
  const { auth } = createServerClient(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, {
    cookies: {
      getAll: () => request.cookies.getAll(),
      setAll: (written) => {
        for (const { name, value } of written) request.cookies.set(name, value);
        response = NextResponse.next({ request });
        for (const { name, value, options } of written) response.cookies.set(name, value, options);
      },
    },
  });
  const { data } = await auth.getSession();
  const { pathname, search } = request.nextUrl;
  if (data.session || OPEN.test(pathname)) return response;
  const signIn = new URL('/sign-in', request.url);
  signIn.searchParams.set('next', `${pathname}${search}`);
  return NextResponse.redirect(signIn);
}
