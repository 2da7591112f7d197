import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticate } from '#lib/auth/authenticate.ts';
import { type CookieJar, cookieJar } from '#lib/auth/cookies.ts';
import type { Session } from '#lib/auth/session.ts';
import { authClient } from '#lib/auth/supabase.ts';
import { closePools } from '#lib/db/pool.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { join, ownSession, signUp } from '#tests/support/people.ts';
import { startTestSupabase, type TestSupabase } from '#tests/support/supabase.ts';

let database: TestDatabase;
let supabase: TestSupabase;
let admin: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  supabase = await startTestSupabase(database);
  useEnvironment(database, supabase.environment);
  admin = new pg.Client(database.adminUrl);
  await admin.connect();
});
afterAll(async () => {
  await closePools();
  await admin.end();
  await supabase.close();
  await database.drop();
});

/** Signs a new person up at the Auth server; answers the cookies a browser would then hold. */
async function signUpInBrowser(): Promise<{ session: Session; cookie: string }> {
  const jar = cookieJar(new Request('http://localhost/'));
  const { data } = await authClient(jar).signUp({
    email: `person-${crypto.randomUUID()}@example.com`,
    password: 'a long enough password',
  });
  return { session: await ownSession(admin, data.user?.id ?? ''), cookie: sessionCookie(jar) };
}

/** The one of the cookies set last that holds the session. */
function sessionCookie({ setCookies }: CookieJar): string {
  return setCookies.findLast((line) => line.includes('-auth-token='))?.split(';')[0] ?? '';
}

function authenticateCookie(cookie: string, init: RequestInit = {}): Promise<Session> {
  const request = new Request('http://localhost/', { ...init, headers: { cookie, ...init.headers } });
  return authenticate(request, cookieJar(request));
}

describe('a session in cookies', () => {
  it('acts in the only workspace of its user', async () => {
    const { session, cookie } = await signUpInBrowser();
    expect(await authenticateCookie(cookie)).toEqual(session);
  });

  it('is nobody without cookies', async () => {
    await expect(authenticateCookie('')).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it("is nobody when the token's claims were changed", async () => {
    const { cookie } = await signUpInBrowser();
    const other = await signUp(admin);
    const forged = forgeSubject(cookie, other.userId);
    expect(forged).not.toBe(cookie);
    await expect(authenticateCookie(forged)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('is renewed on the way when its token has ended, and the browser is told', async () => {
    const { session, cookie } = await signUpInBrowser();
    const request = new Request('http://localhost/', { headers: { cookie: expire(cookie) } });
    const jar = cookieJar(request);
    expect(await authenticate(request, jar)).toEqual(session);
    expect(await authenticateCookie(sessionCookie(jar))).toEqual(session);
  });

  it.each(['cross-site', 'same-site'])('changes nothing for a %s page', async (site) => {
    const { session, cookie } = await signUpInBrowser();
    const headers = { 'sec-fetch-site': site };
    const posted = authenticateCookie(cookie, { method: 'POST', headers });
    await expect(posted).rejects.toMatchObject({ code: 'forbidden' });
    expect(await authenticateCookie(cookie, { headers })).toEqual(session);
  });
});

describe('a user of two workspaces', () => {
  it('is asked which one, and told how to say so', async () => {
    const { session, cookie } = await signUpInBrowser();
    const other = await signUp(admin);
    await join(admin, session.userId, other.workspaceId, 'viewer');
    await expect(authenticateCookie(cookie)).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringMatching(`Entrepot-Workspace.*${other.workspaceId}`),
    });
  });

  it('acts in the one that the header names, else the cookie, with the role there', async () => {
    const { session, cookie } = await signUpInBrowser();
    const there = await join(admin, session.userId, (await signUp(admin)).workspaceId, 'viewer');
    const remembered = `${cookie}; entrepot-workspace=${there.workspaceId}`;
    expect(await authenticateCookie(remembered)).toEqual(there);
    const headers = { 'Entrepot-Workspace': session.workspaceId };
    expect(await authenticateCookie(remembered, { headers })).toEqual(session);
  });
});

it('a workspace of other people is not found, by header or by cookie', async () => {
  const { cookie } = await signUpInBrowser();
  const { workspaceId } = await signUp(admin);
  const notFound = { code: 'not_found' };
  const headers = { 'Entrepot-Workspace': workspaceId };
  await expect(authenticateCookie(cookie, { headers })).rejects.toMatchObject(notFound);
  const remembered = `${cookie}; entrepot-workspace=${workspaceId}`;
  await expect(authenticateCookie(remembered)).rejects.toMatchObject(notFound);
});

/** The cookie's session, decoded, changed and encoded again as the browser's library does. */
function rewrite(
  cookie: string,
  change: (session: { access_token: string; expires_at: number }) => void,
): string {
  const [name, value = ''] = cookie.split(/=(.*)/s);
  const session = JSON.parse(Buffer.from(value.slice('base64-'.length), 'base64url').toString());
  change(session);
  return `${name}=base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`;
}

function forgeSubject(cookie: string, userId: string): string {
  return rewrite(cookie, (session) => {
    const [head, payload = '', signature] = session.access_token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: userId })).toString('base64url');
    session.access_token = [head, forged, signature].join('.');
  });
}

function expire(cookie: string): string {
  return rewrite(cookie, (session) => {
    session.expires_at = 1;
  });
}
