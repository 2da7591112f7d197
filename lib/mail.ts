import { createTransport } from 'nodemailer';
import { EntrepotError } from '#lib/core/errors.ts';
import { type Env, env } from '#lib/env.ts';

/** One message to one person. */
export interface Mail {
  /** The same in every try, so that a mailbox can tell a repeat; a new one where absent. */
  readonly id?: string;
  /** An address alone, without a name. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** As HTML; values in it must be escaped. */
  readonly html: string;
}

/** By when the mail server must have said something; a form waits for it. */
const CONNECT_TIMEOUT_MS = 10_000;
const SILENCE_TIMEOUT_MS = 15_000;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Whether mails can be sent at all. */
export function canSendMail(): boolean {
  return env().SMTP_URL !== undefined;
}

/**
 * Hands a mail to the mail server, encrypted unless that is on this machine. Throws `unavailable` where no mail
 * server is set up, or where it does not take the mail. Not to be called inside a transaction.
 */
export async function sendMail(
  { id, to, subject, text, html }: Mail,
  { SMTP_URL, MAIL_FROM }: Pick<Env, 'SMTP_URL' | 'MAIL_FROM'> = env(),
): Promise<void> {
  if (SMTP_URL === undefined) throw new EntrepotError('unavailable', 'No mail server is set up.');
  const transport = createTransport(transportOptions(SMTP_URL));
  try {
    await transport.sendMail({
      from: MAIL_FROM,
      ...(id && { messageId: `<${id}@${domainOf(MAIL_FROM)}>` }),
      // As an object, so that a comma in it does not make it two.
      to: { name: '', address: to },
      subject: oneLine(subject),
      text,
      html,
    });
  } catch (cause) {
    throw new EntrepotError('unavailable', 'The mail server did not take the mail.', { cause });
  } finally {
    transport.close();
  }
}

function transportOptions(address: NonNullable<Env['SMTP_URL']>) {
  const { protocol, hostname, port, username, password } = new URL(address);
  const secure = protocol === 'smtps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    ...(!secure && (LOOPBACK.test(hostname) ? { ignoreTLS: true } : { requireTLS: true })),
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function domainOf(sender: string): string {
  return /@([\w.-]+)/.exec(sender)?.[1] ?? 'localhost';
}

/** A name that holds a line break must not become a header of its own. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

/** What a mail says, as plain text. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  /** Paragraphs of lines. */
  readonly paragraphs: readonly (readonly string[])[];
  readonly link: { readonly label: string; readonly href: string };
  readonly ending: string;
}

/** A letter as a mail: its link stands between the paragraphs and the ending. */
export function mailOf({ to, subject, paragraphs, link: { label, href }, ending }: Letter): Mail {
  return {
    to,
    subject,
    text: [...paragraphs.map((lines) => lines.join('\n')), `${label}: ${href}`, `${ending}\n`].join('\n\n'),
    html: [
      ...paragraphs.map((lines) => `<p>${lines.map(escapeHtml).join('<br>')}</p>`),
      `<p><a href="${escapeHtml(href)}">${escapeHtml(label)}</a></p>`,
      `<p>${escapeHtml(ending)}</p>`,
    ].join('\n'),
  };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
