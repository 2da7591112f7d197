import type { Metadata } from 'next';
import { single } from '#app/(auth)/_components/query.ts';
import { SignInForm } from './sign-in-form.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  return <SignInForm next={single((await searchParams).next)} />;
}
