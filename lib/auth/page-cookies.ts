import { cookies } from 'next/headers';
import type { CookieJar } from '#lib/auth/cookies.ts';

/** The cookies of the page or form at hand. A form may answer with new ones; a page cannot: the proxy does. */
export async function pageCookies(): Promise<CookieJar> {
  const store = await cookies();
  return {
    get: (name) => store.get(name)?.value,
    getAll: () => store.getAll().map(({ name, value }) => ({ name, value })),
    setAll: (written) => {
      try {
        for (const { name, value, options } of written) store.set({ name, value, ...options });
      } catch {
        // Next refuses cookies while it renders a page.
      }
    },
    setCookies: [],
  };
}
