import type { Metadata } from 'next';
import { LinkButton } from '#app/_ui/link.tsx';
import { Notice } from '#app/(auth)/_components/notice.tsx';
import { proofOf } from '#app/(auth)/_components/proof-of.ts';
import { NewPasswordForm } from './new-password-form.tsx';

export const metadata: Metadata = { title: 'Set a new password', referrer: 'no-referrer' };

export default async function NewPasswordPage({ searchParams }: PageProps<'/password/new'>) {
  const proof = proofOf(await searchParams);
  if (proof) return <NewPasswordForm proof={proof} />;
  return (
    <Notice
      title="This link does not work"
      action={<LinkButton href="/password">Ask for a new link</LinkButton>}
    >
      It was used already, or it is too old.
    </Notice>
  );
}
