import type { ReactNode } from 'react';
import { FormatProvider } from '#app/_ui/format.tsx';
import { pageLocale, pageSession } from '#lib/auth/page-session.ts';
import { getProfile } from '#lib/workspaces/profile.ts';
import { Shell } from './_components/shell.tsx';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const session = await pageSession();
  const { email, workspace, workspaces } = session;
  const [locale, { timeZone }] = await Promise.all([pageLocale(), getProfile(session)]);
  return (
    <FormatProvider locale={locale} timeZone={timeZone}>
      <Shell email={email} workspace={workspace} workspaces={workspaces}>
        {children}
      </Shell>
    </FormatProvider>
  );
}
