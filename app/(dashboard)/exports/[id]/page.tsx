import { Stack } from '@mantine/core';
import type { Metadata } from 'next';
import { Suspense } from 'react';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { orNotFound } from '#lib/api/page.ts';
import { pageSession } from '#lib/auth/page-session.ts';
import { listDatasets } from '#lib/datasets/datasets.ts';
import { getExport } from '#lib/exports/exports.ts';
import { formatCatalog } from '#lib/exports/formats/catalog.ts';
import { rowsPerRun } from '#lib/exports/overview.ts';
import { exportHistory } from '#lib/exports/runs.ts';
import { suggestCustomizations } from '#lib/exports/templates/suggest.ts';
import { listMembers } from '#lib/workspaces/members.ts';
import { DefinitionCard } from './_components/definition-card.tsx';
import { ExportActions } from './_components/export-actions.tsx';
import { RowsChart } from './_components/rows-chart.tsx';
import { RunCard } from './_components/run-card.tsx';
import { RunHistory } from './_components/run-history.tsx';
import { RunNotes } from './_components/run-notes.tsx';
import { SaveTemplateButton } from './_components/save-template-button.tsx';

export const metadata: Metadata = { title: 'Export' };

const RUNS_SHOWN = 20;

export default async function ExportPage({ params }: PageProps<'/exports/[id]'>) {
  const session = await pageSession();
  const { id } = await params;
  const [view, history, rows, datasets, people] = await Promise.all([
    orNotFound(getExport(session, id)),
    orNotFound(exportHistory(session, id, { limit: RUNS_SHOWN })),
    rowsPerRun(session, id),
    listDatasets(session),
    listMembers(session),
  ]);
  const mayEdit = session.role !== 'viewer';
  const owner =
    people.find(({ userId, role }) => userId === view.ownerId && role !== 'viewer')?.email ?? null;
  const dataset = datasets.items.find(({ name }) => name === view.dataset);
  const ownFormat = formatCatalog().filter((format) => format.id === view.format.type);
  return (
    <>
      <PageHeader
        title={view.name}
        actions={
          mayEdit && (
            <ExportActions id={id} name={view.name}>
              <SaveTemplateButton
                exportId={id}
                name={view.name}
                questions={suggestCustomizations(view, dataset?.columns ?? [], ownFormat)}
              />
            </ExportActions>
          )
        }
      />
      <Stack gap="xl">
        <RunCard exportId={id} latest={history.items[0] ?? null} mayRun={mayEdit} owner={owner}>
          <Suspense>{mayEdit && <RunNotes session={session} view={view} />}</Suspense>
        </RunCard>
        <DefinitionCard view={view} dataset={dataset} />
        <RowsChart runs={rows} />
        <RunHistory exportId={id} first={history} mayRun={mayEdit} />
      </Stack>
    </>
  );
}
