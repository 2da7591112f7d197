import { Alert } from '@mantine/core';
import type { Metadata } from 'next';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { LinkButton } from '#app/_ui/link.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { type PageSession, pageSession } from '#lib/auth/page-session.ts';
import { listAuditActors } from '#lib/workspaces/audit-actors.ts';
import { auditFilter, listAudit } from '#lib/workspaces/audit-log.ts';
import { AuditEntries } from './_components/audit-entries.tsx';
import { AuditFilters } from './_components/audit-filters.tsx';

export const metadata: Metadata = { title: 'Audit log' };

const PAGE_LINES = 50;

export default async function AuditPage({ searchParams }: PageProps<'/settings/audit'>) {
  const session = await pageSession();
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Who did what in this workspace, and when. Nothing here can be changed."
      />
      {session.role === 'viewer' ? (
        <Alert title="For editors and owners">
          The audit log says what every member did, so viewers do not see it. Ask an owner for the role of an
          editor if you need it.
        </Alert>
      ) : (
        <AuditLog session={session} asked={await searchParams} />
      )}
    </>
  );
}

async function AuditLog({ session, asked }: { session: PageSession; asked: unknown }) {
  const filter = auditFilter.strip().catch({}).parse(asked);
  const [first, actors] = await Promise.all([
    listAudit(session, { ...filter, limit: PAGE_LINES }),
    listAuditActors(session),
  ]);
  const chosen = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  const query = new URLSearchParams({ ...chosen, limit: String(PAGE_LINES) });
  return (
    <>
      <AuditFilters chosen={chosen} actors={actors} />
      {first.items.length === 0 ? (
        <EmptyState
          title="Nothing fits"
          action={
            <LinkButton href="/settings/audit" variant="default">
              Show all
            </LinkButton>
          }
        >
          Nothing that was done here fits these choices.
        </EmptyState>
      ) : (
        <AuditEntries key={query.toString()} first={first} path={`/api/audit?${query}`} />
      )}
    </>
  );
}
