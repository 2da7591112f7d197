import { z } from 'zod';
import { pageCookies } from '#lib/auth/page-cookies.ts';
import { authRefusal } from '#lib/auth/refusals.ts';
import { authClient } from '#lib/auth/supabase.ts';

/** What a mailed link carries: the token's digest, or, from a project with Supabase's own mails, a code. */
export const proofSchema = z.union([
  z.strictObject({ tokenHash: z.string().min(1) }),
  z.strictObject({ code: z.string().min(1) }),
]);
export type Proof = Readonly<z.infer<typeof proofSchema>>;

/** Signs in whoever holds the link. It works once; with a code only in the browser that asked for it. */
export async function redeem(proof: Proof, type: 'email' | 'recovery'): Promise<void> {
  const auth = authClient(await pageCookies());
  const { error } =
    'code' in proof
      ? await auth.exchangeCodeForSession(proof.code)
      : await auth.verifyOtp({ token_hash: proof.tokenHash, type });
  if (error) {
    throw authRefusal(error, {
      code: 'link_expired',
      message: 'This link was used already, or it is too old. Ask for a new one.',
    });
  }
}
