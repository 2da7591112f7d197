import type { Route } from 'next';

/** Another of these pages, from where one still goes on to what one came for. */
export function keepNext(page: '/sign-in' | '/sign-up', next: string | undefined): Route {
  return (next ? `${page}?next=${encodeURIComponent(next)}` : page) as Route;
}
