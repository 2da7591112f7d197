import { afterEach, expect, it } from 'vitest';
import { type Mail, sendMail } from '#lib/mail.ts';
import { type MailServer, startMailServer } from '#tests/support/smtp.ts';

const mail: Mail = {
  to: 'ada@example.com',
  subject: 'Grüße',
  text: 'Zwölf Boxkämpfer',
  html: '<p>Zwölf <b>Boxkämpfer</b></p>',
};
const unavailable = { code: 'unavailable' };

let server: MailServer;
afterEach(() => server.close());

function send(changes: Partial<Mail> = {}, SMTP_URL: string | undefined = server.url): Promise<void> {
  return sendMail({ ...mail, ...changes }, { SMTP_URL, MAIL_FROM: 'Entrepot <entrepot@example.com>' });
}

it('a mail reaches its recipient as text and as HTML', async () => {
  server = await startMailServer();
  await send();
  const [received] = server.mails;
  expect(received?.recipients).toEqual(['ada@example.com']);
  expect(received?.email).toMatchObject({
    from: { name: 'Entrepot', address: 'entrepot@example.com' },
    subject: 'Grüße',
    text: 'Zwölf Boxkämpfer\n',
    html: '<p>Zwölf <b>Boxkämpfer</b></p>\n',
  });
});

it('a subject of several lines adds no header and no recipient', async () => {
  server = await startMailServer();
  await send({ subject: 'Join Acme\r\nBcc: eve@example.com\r\n\r\nand more' });
  const [received] = server.mails;
  expect(received?.recipients).toEqual(['ada@example.com']);
  expect(received?.email.bcc).toBeUndefined();
  expect(received?.email.subject).toBe('Join Acme Bcc: eve@example.com and more');
});

it.each(['ada@example.com, eve@example.com', 'ada@example.com\r\nRCPT TO:<eve@example.com>'])(
  'the address %j reaches nobody else',
  async (to) => {
    server = await startMailServer();
    await send({ to }).catch(() => undefined);
    expect(server.mails.flatMap(({ recipients }) => recipients)).not.toContain('eve@example.com');
  },
);

it('the login of the address is used', async () => {
  const logins: unknown[] = [];
  server = await startMailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      logins.push([username, password]);
      done(null, { user: username });
    },
  });
  await send({}, server.url.replace('//', '//a%40b:p%2Fw@'));
  expect(logins).toEqual([['a@b', 'p/w']]);
});

it('nothing goes unencrypted to another machine', async () => {
  server = await startMailServer();
  // The same server by an address that is not taken for this machine.
  await expect(send({}, server.url.replace('127.0.0.1', '0.0.0.0'))).rejects.toMatchObject(unavailable);
  expect(server.mails).toEqual([]);
});

it('nothing goes to a server whose certificate nobody vouches for', async () => {
  server = await startMailServer({ secure: true });
  await expect(send({}, server.url.replace('smtp:', 'smtps:'))).rejects.toMatchObject(unavailable);
  expect(server.mails).toEqual([]);
});

it('a refusal is told, without what the server said', async () => {
  server = await startMailServer();
  server.refuses = true;
  await expect(send()).rejects.toMatchObject({
    ...unavailable,
    message: 'The mail server did not take the mail.',
  });
});

it('without a mail server nothing is pretended', async () => {
  server = await startMailServer();
  await expect(
    sendMail(mail, { SMTP_URL: undefined, MAIL_FROM: 'Entrepot <entrepot@example.com>' }),
  ).rejects.toMatchObject(unavailable);
});
