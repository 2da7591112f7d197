import type { Metadata } from 'next';
import { LocalMailHint } from '#app/(auth)/_components/local-mail-hint.tsx';
import { single } from '#app/(auth)/_components/query.ts';
import { SignUpForm } from './sign-up-form.tsx';

export const metadata: Metadata = { title: 'Sign up' };

export default async function SignUpPage({ searchParams }: PageProps<'/sign-up'>) {
  return <SignUpForm next={single((await searchParams).next)} hint={<LocalMailHint />} />;
}
