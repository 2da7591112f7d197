import type { Proof } from '#lib/auth/proof.ts';
import { single } from './query.ts';

type Query = Readonly<Record<string, string | string[] | undefined>>;

/** What the link of a mail brought along; undefined where it brought nothing, or the Auth server's refusal. */
export function proofOf(query: Query): Proof | undefined {
  const tokenHash = single(query.token_hash);
  if (tokenHash) return { tokenHash };
  const code = single(query.code);
  return code ? { code } : undefined;
}
