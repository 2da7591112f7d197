import { memberConnections } from '#lib/db/pool.ts';
import { type TransactionOptions, type Tx, transaction } from '#lib/db/transaction.ts';
import { turns } from '#lib/db/turns.ts';

/** Who acts: a signed-in user, an API key, or a running job. */
export interface Actor {
  readonly kind: 'user' | 'api_key' | 'job';
  readonly id: string;
}

export interface Acting {
  readonly workspaceId: string;
  readonly actor: Actor;
}

/** Half of the members' connections, so that however many jobs are at work, people find one. */
const jobTurn = turns(() => Math.max(1, Math.floor(memberConnections() / 2)));

/**
 * Runs `work` in one transaction that sees exactly one workspace, with the rights the actor has there at that
 * moment: row-level security applies. An actor with no business in the workspace sees nothing and writes
 * nothing. A job waits for its turn, and must not ask for another one from within.
 */
export function asMember<T>(
  acting: Acting,
  work: (tx: Tx) => Promise<T>,
  options?: TransactionOptions,
): Promise<T> {
  const settings = memberSettings(acting);
  if (options?.isolation?.endsWith('snapshot')) return transaction('snapshot', settings, work, options);
  const run = () => transaction('member', settings, work, options);
  return acting.actor.kind === 'job' ? jobTurn(run) : run();
}

/**
 * Runs `work` before a workspace is chosen: it may list the user's own workspaces and look up an API key, and
 * sees no row of any table.
 */
export function asCaller<T>(userId: string | null, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction('member', { role: 'entrepot_member', ...claimSettings(userId) }, work);
}

function memberSettings({ workspaceId, actor }: Acting): Record<string, string> {
  return {
    role: 'entrepot_member',
    ...claimSettings(actor.kind === 'user' ? actor.id : null),
    'entrepot.workspace_id': workspaceId,
    'entrepot.actor_kind': actor.kind,
    'entrepot.actor_id': actor.id,
  };
}

/** All three settings: `auth.uid()` reads the older two or the newer one, depending on who serves Auth. */
function claimSettings(userId: string | null): Record<string, string> {
  return {
    'request.jwt.claims': JSON.stringify(userId ? { sub: userId, role: 'authenticated' } : { role: 'anon' }),
    'request.jwt.claim.sub': userId ?? '',
    'request.jwt.claim.role': userId ? 'authenticated' : 'anon',
  };
}
