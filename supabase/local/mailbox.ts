import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ReceivedMail, startMailServer } from '#tests/support/smtp.ts';

export interface Mailbox {
  close(): Promise<void>;
}

/**
 * The mail server's stand-in: nothing leaves this machine. Each mail becomes a page in `folder` that a browser
 * opens, named by when it came and to whom it goes.
 */
export function startMailbox(folder: string, port: number): Promise<Mailbox> {
  // The links in the mails let people in.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return startMailServer({ port, onMail: (mail) => keep(folder, mail) });
}

function keep(folder: string, { recipients, email: { subject = '', html = '', date } }: ReceivedMail): void {
  const [to = 'nobody'] = recipients;
  const moment = new Date(date ?? Date.now()).toISOString().replaceAll(':', '-');
  const file = `${moment} ${to.replace(/[^\w.@+-]/g, '_')} ${subject.replace(/[^\w -]/g, '')}`.slice(0, 180);
  writeFileSync(join(folder, `${file}.html`), html, { mode: 0o600 });
}
