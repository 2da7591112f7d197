import { z } from 'zod';
import { asEntrepotError, type ErrorCode } from '#lib/core/errors.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { checkUpload } from '#lib/storage/uploads.ts';
import { briefly, cachedAt, type Look } from './brief.ts';
import { type SourceAccess, validateAccess } from './connect.ts';

export const checkResult = z.object({
  ok: z.boolean(),
  message: z.string().meta({ description: 'What was found, or what is wrong and what to do.' }),
  cachedAt,
});
export type CheckResult = Readonly<z.infer<typeof checkResult>>;

/** What the source, or what it holds, is to be blamed for. */
const faultsOfSource: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'not_found',
  'AUTH_FAILED',
  'RATE_LIMITED',
  'NETWORK_ERROR',
  'REQUEST_REFUSED',
  'DATA_ERROR',
]);

/** Tries whether a source can be read, without saving it. Throws for what was asked wrongly, not for its faults. */
export async function checkSource(
  acting: Acting,
  access: SourceAccess,
  look: Look = {},
): Promise<CheckResult> {
  const { config } = await validateAccess(access);
  await asMember(acting, (tx) => checkUpload(tx, config));
  try {
    return await briefly(acting, access, look, async ({ connector, client }, meter) => ({
      ok: true,
      message: await connector.check(client),
      cachedAt: meter.cachedAt,
    }));
  } catch (thrown) {
    const error = asEntrepotError(thrown);
    if (!faultsOfSource.has(error.code)) throw thrown;
    return { ok: false, message: error.message, cachedAt: null };
  }
}
