import { cache } from 'react';
import { orNotFound } from '#lib/api/page.ts';
import { pageSession } from '#lib/auth/page-session.ts';
import { getSource } from '#lib/sources/sources.ts';

/** The source that a page's address names, and who looks at it; read once a request. */
export const readSource = cache(async (id: string) => {
  const session = await pageSession();
  const source = await orNotFound(getSource(session, id));
  return { session, source, mayEdit: session.role !== 'viewer' };
});
