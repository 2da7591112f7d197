import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as its recipients' server gets it. */
export interface ReceivedMail {
  /** To whom it was sent, whatever its header says. */
  readonly recipients: readonly string[];
  readonly email: Email;
}

export interface MailServer {
  /** What the application's SMTP_URL is. */
  readonly url: string;
  /** Every mail so far, the latest last. */
  readonly mails: readonly ReceivedMail[];
  /** Answers each mail with a refusal while true. */
  refuses: boolean;
  close(): Promise<void>;
}

/** A mail server on 127.0.0.1 that takes every mail, passes none on, and tells `onMail`. */
export async function startMailServer({
  port = 0,
  onMail = () => {},
  ...options
}: SMTPServerOptions & { port?: number; onMail?: (mail: ReceivedMail) => void } = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username }, _session, done) => done(null, { user: username }),
    async onData(stream, { envelope }, done) {
      const email = await PostalMime.parse(await buffer(stream));
      if (server.refuses) return done(new Error('no mails are taken at the moment'));
      const mail = { recipients: envelope.rcptTo.map(({ address }) => address), email };
      mails.push(mail);
      onMail(mail);
      done();
    },
    ...options,
  });
  smtp.on('error', () => {});
  smtp.listen(port, '127.0.0.1');
  await once(smtp.server, 'listening');
  const server = {
    url: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    mails,
    refuses: false,
    close: () => new Promise<void>((resolve) => void smtp.close(() => resolve())),
  };
  return server;
}
