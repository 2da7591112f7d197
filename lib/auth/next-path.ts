import type { Route } from 'next';
import { env } from '#lib/env.ts';

/** Where to go on after a sign-in: the page of ours that `asked` names, by its path or whole, else the home page. */
export function nextPath(asked: string | undefined): Route {
  const { APP_URL } = env();
  const url = URL.parse(asked ?? '', APP_URL);
  if (!asked || url?.origin !== new URL(APP_URL).origin) return '/home';
  return `${url.pathname}${url.search}` as Route;
}
