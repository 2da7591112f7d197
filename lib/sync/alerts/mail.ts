import { env } from '#lib/env.ts';
import { type Mail, mailOf } from '#lib/mail.ts';
import { adviceOnHealth } from '#lib/sources/advice.ts';
import { type HealthState, timeInWords } from '#lib/sources/health.ts';

interface AlertLetter {
  readonly to: string;
  readonly displayName: string;
  readonly workspaceName: string;
  readonly sourceId: string;
  readonly before: HealthState;
  readonly state: HealthState;
  readonly reason: string | null;
  /** Of the error that ended its last sync, where it failed. */
  readonly code?: string | undefined;
  /** When it was noticed; ISO 8601. */
  readonly at: string;
}

/** What has happened to a source, as it follows its name. */
const news: Readonly<Record<HealthState, string>> = {
  ok: 'is well again',
  failed: 'could not be synced',
  late: 'is late',
  rows_off: 'gave far more or fewer rows than usual',
  silent: 'is not being synced any more',
};

const was: Readonly<Record<HealthState, string>> = {
  ok: 'well',
  failed: 'failing',
  late: 'late',
  rows_off: 'giving an unusual number of rows',
  silent: 'not being synced',
};

/** The mail that tells an owner how a source is doing now: what happened, why, and what to do about it. */
export function alertMail(letter: AlertLetter): Mail {
  const { to, displayName, workspaceName, sourceId, before, state, reason, code, at } = letter;
  const { APP_URL } = env();
  const advice = adviceOnHealth(state, code, sourceId);
  const opening = `The source ${displayName} of the workspace ${workspaceName} ${news[state]}; noticed at ${timeInWords(at)}.`;
  const why =
    state === 'ok'
      ? `It was ${was[before]}. Its last sync has succeeded: nothing is left to be done.`
      : reason;
  return mailOf({
    to,
    subject: `${displayName} ${news[state]}`,
    paragraphs: [
      [opening],
      ...(why ? [[why]] : []),
      ...(advice ? [[`What to do: ${advice.text}`, ...(advice.path ? [APP_URL + advice.path] : [])]] : []),
    ],
    link: { label: `Open ${displayName}`, href: `${APP_URL}/sources/${sourceId}` },
    ending: `You get this mail as an owner of ${workspaceName}. You can turn such mails off for ${displayName} in its settings: ${APP_URL}/sources/${sourceId}/settings; or all of them in your profile: ${APP_URL}/settings/profile`,
  });
}
