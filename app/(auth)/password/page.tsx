import type { Metadata } from 'next';
import { LocalMailHint } from '#app/(auth)/_components/local-mail-hint.tsx';
import { AskForm } from './ask-form.tsx';

export const metadata: Metadata = { title: 'Forgot your password?' };

export default function PasswordPage() {
  return <AskForm hint={<LocalMailHint />} />;
}
