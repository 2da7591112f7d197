import { Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { LinkButton } from '#app/_ui/link.tsx';
import { LocalMailHint } from '#app/(auth)/_components/local-mail-hint.tsx';
import { Notice } from '#app/(auth)/_components/notice.tsx';
import { SignOutButton } from '#app/(auth)/workspaces/_components/sign-out-button.tsx';
import { pageCookies } from '#lib/auth/page-cookies.ts';
import { type SignedIn, signedIn } from '#lib/auth/signed-in.ts';
import { type Offer, offerOrReason } from '#lib/workspaces/joining.ts';
import { JoinButton } from './_components/join-button.tsx';
import { JoinForm } from './_components/join-form.tsx';

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

export default async function InvitationPage({ params }: PageProps<'/invitation/[token]'>) {
  const { token } = await params;
  const [offer, person] = await Promise.all([offerOrReason(token), signedIn(await pageCookies())]);
  if (typeof offer === 'string') {
    return (
      <Notice title="This invitation is over" action={<LinkButton href="/home">Go to Entrepot</LinkButton>}>
        {offer}
      </Notice>
    );
  }
  return (
    <Stack>
      <Title order={1} size="h3" style={{ overflowWrap: 'anywhere' }}>
        Join {offer.workspaceName}
      </Title>
      <Text style={{ overflowWrap: 'anywhere' }}>
        {offer.invitedBy ?? 'Somebody'} invites you to the workspace {offer.workspaceName}, as {offer.role}.
      </Text>
      {person ? (
        <ForPerson offer={offer} person={person} token={token} />
      ) : (
        <JoinForm token={token} email={offer.email} hint={<LocalMailHint />} />
      )}
    </Stack>
  );
}

interface ForPersonProps {
  readonly offer: Offer;
  readonly person: SignedIn;
  readonly token: string;
}

/** Whoever is signed in joins at once, or learns that it is not they who are invited. */
function ForPerson({ offer, person, token }: ForPersonProps) {
  const theirs = person.email.toLowerCase() === offer.email;
  return (
    <>
      {theirs ? (
        <JoinButton token={token} workspaceName={offer.workspaceName} />
      ) : (
        <Text>
          The invitation is for {offer.email}. Sign out, and open the link once more to join with that
          address.
        </Text>
      )}
      <SignOutButton email={person.email} />
    </>
  );
}
