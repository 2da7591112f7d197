import { randomUUID } from 'node:crypto';
import { unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import { parseBody } from '#lib/api/parse.ts';
import { type PageSession, pagePerson, pageSession } from '#lib/auth/page-session.ts';
import { requireRole } from '#lib/auth/roles.ts';
import type { Role } from '#lib/auth/session.ts';
import type { SignedIn } from '#lib/auth/signed-in.ts';
import { asEntrepotError, isEntrepotError } from '#lib/core/errors.ts';
import { log, withLogContext } from '#lib/log.ts';

/** What a form is told: the value, or the error as the API would give it. It never holds what was sent. */
export type ActionResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ActionError };

export interface ActionError {
  readonly code: string;
  readonly message: string;
  /** By the dotted path of a field: what is wrong with it. */
  readonly fields?: Readonly<Record<string, string>>;
}

/**
 * A server action of a signed-in person: parses what the form sent, asks for the role (editor unless said
 * otherwise), and makes one call. Redirects pass; every other error becomes a result.
 */
export function action<Schema extends z.ZodType, Value>(
  schema: Schema,
  work: (session: PageSession, input: z.output<Schema>) => Promise<Value>,
  { role = 'editor' }: { readonly role?: Role } = {},
): (input: z.input<Schema>) => Promise<ActionResult<Value>> {
  return (input) =>
    settled(async () => {
      const session = await pageSession();
      requireRole(session, role);
      return work(session, parseBody(schema, input) as z.output<Schema>);
    });
}

/** A server action of a signed-in person, before a workspace is chosen or whichever it is. */
export function personAction<Schema extends z.ZodType, Value>(
  schema: Schema,
  work: (person: SignedIn, input: z.output<Schema>) => Promise<Value>,
): (input: z.input<Schema>) => Promise<ActionResult<Value>> {
  return openAction(schema, async (input) => work(await pagePerson(), input));
}

/** A server action that anyone may send, such as the sign-in. */
export function openAction<Schema extends z.ZodType, Value>(
  schema: Schema,
  work: (input: z.output<Schema>) => Promise<Value>,
): (input: z.input<Schema>) => Promise<ActionResult<Value>> {
  return (input) => settled(() => work(parseBody(schema, input) as z.output<Schema>));
}

function settled<Value>(work: () => Promise<Value>): Promise<ActionResult<Value>> {
  return withLogContext({ requestId: randomUUID() }, async () => {
    try {
      return { ok: true, value: await work() };
    } catch (thrown) {
      unstable_rethrow(thrown);
      if (!isEntrepotError(thrown)) log().error({ error: thrown }, 'an action failed');
      const { code, message, fields } = asEntrepotError(thrown);
      return { ok: false, error: { code, message, ...(fields && { fields }) } };
    }
  });
}
