import { sql } from 'kysely';
import { DatabaseError } from 'pg';
import { EntrepotError } from '#lib/core/errors.ts';
import { isTimeZone } from '#lib/core/time-zone.ts';
import { asCaller } from '#lib/db/as-member.ts';

/** How a person is called, and the zone they read times in; null: as their device says. */
export interface Profile {
  readonly displayName: string | null;
  readonly timeZone: string | null;
  /** Whether they are told by mail how the sources of workspaces are doing that they own. */
  readonly alertMails: boolean;
}

/** A person's own profile. */
export async function getProfile({ userId }: { readonly userId: string }): Promise<Profile> {
  const found = await asCaller(userId, ({ db }) =>
    sql<Profile>`
      select display_name as "displayName", time_zone as "timeZone", alert_mails as "alertMails"
      from private.my_profile()
    `.execute(db),
  );
  return found.rows[0] ?? { displayName: null, timeZone: null, alertMails: true };
}

/** Replaces it. Throws `invalid` for a zone that is no IANA name which both browsers and Postgres know. */
export async function saveProfile(
  { userId }: { readonly userId: string },
  { displayName, timeZone, alertMails }: Profile,
): Promise<void> {
  if (timeZone !== null && !isTimeZone(timeZone)) throw unknownZone();
  try {
    await asCaller(userId, ({ db }) =>
      sql`select private.save_my_profile(${displayName}, ${timeZone}, ${alertMails})`.execute(db),
    );
  } catch (error) {
    if (error instanceof DatabaseError && error.code === INVALID_PARAMETER_VALUE) throw unknownZone(error);
    throw error;
  }
}

const INVALID_PARAMETER_VALUE = '22023';
function unknownZone(cause?: unknown): EntrepotError {
  const message = 'There is no such time zone. Choose one of the list, such as Europe/Berlin.';
  return new EntrepotError('invalid', message, { fields: { timeZone: message }, cause });
}
