import type { Metadata, Route } from 'next';
import { redirect } from 'next/navigation';
import { LinkButton } from '#app/_ui/link.tsx';
import { Notice } from '#app/(auth)/_components/notice.tsx';
import { proofOf } from '#app/(auth)/_components/proof-of.ts';
import { single } from '#app/(auth)/_components/query.ts';
import { ConfirmForm } from './confirm-form.tsx';

export const metadata: Metadata = { title: 'Confirm your address', referrer: 'no-referrer' };

/** Where the links of the Auth server's mails lead. Nothing is used up by looking: programs that check mails do. */
export default async function ConfirmPage({ searchParams }: PageProps<'/auth/confirm'>) {
  const query = await searchParams;
  const proof = proofOf(query);
  if (!proof) {
    return (
      <Notice title="This link does not work" action={<LinkButton href="/sign-in">Sign in</LinkButton>}>
        It was used already, or it is too old. If you cannot sign in, sign up again: you get a new link.
      </Notice>
    );
  }
  if (single(query.type) === 'recovery' && 'tokenHash' in proof) {
    redirect(`/password/new?token_hash=${encodeURIComponent(proof.tokenHash)}` as Route);
  }
  return <ConfirmForm proof={proof} next={innerNext(single(query.next))} />;
}

/** A mail may name the address of this very page, with what is next in it. */
function innerNext(next: string | undefined): string | undefined {
  const url = URL.parse(next ?? '', 'http://here');
  return url?.pathname === '/auth/confirm' ? (url.searchParams.get('next') ?? undefined) : next;
}
