import { parseCookieHeader, serializeCookieHeader } from '@supabase/ssr';

/** A request's cookies, and the `Set-Cookie` lines that its response must carry. */
export interface CookieJar {
  get(name: string): string | undefined;
  getAll(): { name: string; value: string }[];
  setAll(
    cookies: { name: string; value: string; options: Parameters<typeof serializeCookieHeader>[2] }[],
  ): void;
  readonly setCookies: readonly string[];
}

/** The cookies of `request`, to read and to answer. */
export function cookieJar(request: Request): CookieJar {
  const cookies = parseCookieHeader(request.headers.get('cookie') ?? '');
  const setCookies: string[] = [];
  return {
    get: (name) => cookies.find((cookie) => cookie.name === name)?.value,
    getAll: () => cookies,
    setAll: (written) => {
      for (const { name, value, options } of written) {
        setCookies.push(serializeCookieHeader(name, value, options));
      }
    },
    setCookies,
  };
}
