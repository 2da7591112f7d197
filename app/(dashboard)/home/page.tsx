import type { Metadata } from 'next';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { pageSession } from '#lib/auth/page-session.ts';

export const metadata: Metadata = { title: 'Home' };

export default async function HomePage() {
  const { workspace } = await pageSession();
  return <PageHeader title={workspace.name} description="Bring data in, look at it, ship it on." />;
}
