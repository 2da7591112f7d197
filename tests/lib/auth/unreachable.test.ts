import { SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { authenticate } from '#lib/auth/authenticate.ts';
import { cookieJar } from '#lib/auth/cookies.ts';
import { useEnvironment } from '#tests/support/environment.ts';

it('a session that nobody can check is not taken for signed out', async () => {
  const nowhere = 'http://127.0.0.1:9';
  const database = 'postgresql://nobody@127.0.0.1:9/nothing';
  useEnvironment({ url: database, serviceUrl: database }, { SUPABASE_URL: nowhere });
  const request = new Request('http://localhost/', { headers: { cookie: await sessionCookie() } });
  await expect(authenticate(request, cookieJar(request))).rejects.toMatchObject({ code: 'unavailable' });
});

/** The cookie of a session that ends in an hour, named after the host of Auth. */
async function sessionCookie(): Promise<string> {
  const expiresAt = Math.floor(Date.now() / 1_000) + 3_600;
  const claims = new SignJWT({ sub: crypto.randomUUID() }).setProtectedHeader({ alg: 'HS256' });
  const session = {
    access_token: await claims.setExpirationTime(expiresAt).sign(Buffer.from('a secret of somebody else')),
    refresh_token: 'unused',
    token_type: 'bearer',
    expires_in: 3_600,
    expires_at: expiresAt,
    user: {},
  };
  return `sb-127-auth-token=base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`;
}
