import { type TransactionOptions, type Tx, transaction } from '#lib/db/transaction.ts';

/**
 * Runs `work` in one transaction that passes by row-level security and sees every workspace. Only for
 * claiming jobs, secrets, sign-up and sweeping; everything else acts as a member.
 */
export function asService<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T> {
  const settings = {
    role: 'service_role',
    'request.jwt.claims': JSON.stringify({ role: 'service_role' }),
    'request.jwt.claim.sub': '',
    'request.jwt.claim.role': 'service_role',
  };
  return transaction('service', settings, work, options);
}
