import type { Metadata } from 'next';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { pageSession } from '#lib/auth/page-session.ts';
import { checkHealth } from '#lib/health.ts';
import { HealthChecks } from './_components/health-checks.tsx';

export const metadata: Metadata = { title: 'Health' };

export default async function HealthPage() {
  await pageSession();
  return (
    <>
      <PageHeader title="Health" description="Whether the parts that this product stands on answer." />
      <HealthChecks initial={await checkHealth()} />
    </>
  );
}
