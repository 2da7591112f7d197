import type { Role } from '#lib/auth/session.ts';
import { type Mail, mailOf } from '#lib/mail.ts';

export interface InvitationLetter {
  readonly to: string;
  readonly workspaceName: string;
  readonly invitedBy: string;
  readonly role: Role;
  readonly link: string;
}

/** What each role may do, as a person is told who is about to have it. */
const roleMeans: Readonly<Record<Role, string>> = {
  viewer: 'You will be able to look at everything and to download files.',
  editor: 'You will be able to bring data in, to change it and to ship it on.',
  owner: 'You will be able to do everything, members and keys included.',
};

/** The mail that invites somebody into a workspace. */
export function invitationMail({ to, workspaceName, invitedBy, role, link }: InvitationLetter): Mail {
  return mailOf({
    to,
    subject: `${invitedBy} invites you to ${workspaceName}`,
    paragraphs: [
      [
        `${invitedBy} invites you to the workspace ${workspaceName} in Entrepot, as ${role}.`,
        roleMeans[role],
      ],
    ],
    link: { label: `Join ${workspaceName}`, href: link },
    ending:
      'The link works once, for this address, within seven days. If you expect no invitation, ignore this mail.',
  });
}
