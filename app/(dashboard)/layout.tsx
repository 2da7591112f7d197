import type { ReactNode } from 'react';
import { FormatProvider } from '#app/_ui/format.tsx';
import { pageLocale, pageSession } from '#lib/auth/page-session.ts';
import { Shell } from './_components/shell.tsx';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { email, workspace, workspaces } = await pageSession();
  return (
    <FormatProvider locale={await pageLocale()} timeZone={null}>
      <Shell email={email} workspace={workspace} workspaces={workspaces}>
        {children}
      </Shell>
    </FormatProvider>
  );
}
