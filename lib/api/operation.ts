import type { z } from 'zod';
import type { Shape } from '#lib/api/call.ts';
import type { Scope } from '#lib/auth/roles.ts';

/** Who may call: anyone, or a signed-in person or API key whose rights are at least the operation's scope. */
export type Caller = 'anyone' | 'member';

/** A route's documentation, which its handler carries: what the OpenAPI document is assembled from. */
export interface Operation extends Shape<unknown, unknown, unknown, unknown> {
  readonly caller: Caller;
}

/** What a route needs where it does not say: reading takes a reader, everything else a writer. */
export function scopeOf(method: string, { scope }: { readonly scope?: Scope | undefined }): Scope {
  return scope ?? (method === 'GET' || method === 'HEAD' ? 'read' : 'write');
}

/** Whether a route may answer 204, which its response schema says by taking `undefined`. */
export function mayAnswerNothing(response: z.ZodType): boolean {
  return response.safeParse(undefined).success;
}
