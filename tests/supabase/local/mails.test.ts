import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { type MailServer, startMailServer } from '#tests/support/smtp.ts';
import { startTestSupabase, type TestSupabase } from '#tests/support/supabase.ts';

const siteUrl = 'https://entrepot.example.com';
let database: TestDatabase;
let mailServer: MailServer;
let supabase: TestSupabase;
beforeAll(async () => {
  database = await createTestDatabase();
  mailServer = await startMailServer();
  supabase = await startTestSupabase(database, {
    siteUrl,
    smtpUrl: mailServer.url,
    from: 'entrepot@localhost',
  });
});
afterAll(async () => {
  await supabase.close();
  await mailServer.close();
  await database.drop();
});

function newBrowser() {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = supabase.environment;
  return createClient(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, { auth: { persistSession: false } }).auth;
}

/** The link in the latest mail to somebody. */
function linkTo(email: string): URL {
  const mail = mailServer.mails.findLast(({ recipients }) => recipients.includes(email));
  const [, link = ''] = /href="([^"]+)"/.exec(mail?.email.html ?? '') ?? [];
  return new URL(link.replaceAll('&amp;', '&'));
}

it('the mail of a password reset leads to our page, and what it carries sets a password once', async () => {
  const email = 'ada@example.com';
  await newBrowser().signUp({ email, password: 'the first password' });
  await newBrowser().resetPasswordForEmail(email);
  const link = linkTo(email);
  expect(`${link.origin}${link.pathname}`).toBe(`${siteUrl}/auth/confirm`);
  expect(link.searchParams.get('type')).toBe('recovery');

  const token_hash = link.searchParams.get('token_hash') ?? '';
  const auth = newBrowser();
  expect((await auth.verifyOtp({ token_hash, type: 'recovery' })).error).toBeNull();
  expect((await auth.updateUser({ password: 'the second password' })).error).toBeNull();
  const signIn = (password: string) => newBrowser().signInWithPassword({ email, password });
  expect((await signIn('the second password')).error).toBeNull();
  expect((await signIn('the first password')).error).not.toBeNull();
  expect((await newBrowser().verifyOtp({ token_hash, type: 'recovery' })).error).not.toBeNull();
});

it('nobody is told whether an address has an account', async () => {
  const sent = mailServer.mails.length;
  expect((await newBrowser().resetPasswordForEmail('nobody@example.com')).error).toBeNull();
  expect(mailServer.mails).toHaveLength(sent);
});

it('a password of fewer than eight characters is refused', async () => {
  const { error } = await newBrowser().signUp({ email: 'short@example.com', password: 'seven77' });
  expect(error?.code).toBe('weak_password');
});
