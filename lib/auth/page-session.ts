import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { pageCookies } from '#lib/auth/page-cookies.ts';
import type { Session } from '#lib/auth/session.ts';
import { type SignedIn, signedIn } from '#lib/auth/signed-in.ts';
import { type Membership, membershipsOf, WORKSPACE_CHOICE } from '#lib/auth/workspace.ts';

/** Who looks at a page or sends one of its forms, and where they may go. */
export interface PageSession extends Session {
  readonly email: string;
  readonly workspace: Membership;
  readonly workspaces: readonly Membership[];
}

/** The person who looks at a page or sends one of its forms, in whatever workspace; else goes to the sign-in. */
export const pagePerson = cache(async (): Promise<SignedIn> => {
  return (await signedIn(await pageCookies())) ?? redirect('/sign-in');
});

/**
 * The session of the page that is being rendered, or of the form that it sent: known once a request. Whoever is
 * not signed in is sent to the sign-in; whoever has several workspaces and has chosen none, to the choice.
 */
export const pageSession = cache(async (): Promise<PageSession> => {
  const person = await pagePerson();
  const workspaces = await membershipsOf(person.userId);
  const chosen = (await cookies()).get(WORKSPACE_CHOICE)?.value;
  const workspace = chosen
    ? workspaces.find(({ id }) => id === chosen)
    : workspaces.length === 1 && workspaces[0];
  if (!workspace) redirect('/workspaces');
  return {
    workspaceId: workspace.id,
    actor: { kind: 'user', id: person.userId },
    userId: person.userId,
    role: workspace.role,
    email: person.email,
    workspace,
    workspaces,
  };
});

/** The language that the browser asks for first, as numbers and dates are written in it; `en` where none is known. */
export async function pageLocale(): Promise<string> {
  const [first = 'en'] = ((await headers()).get('accept-language') ?? 'en').split(/[,;]/);
  try {
    return Intl.getCanonicalLocales(first.trim())[0] ?? 'en';
  } catch {
    return 'en';
  }
}
