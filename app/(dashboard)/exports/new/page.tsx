import type { Metadata } from 'next';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { ExportEditor } from '#app/(dashboard)/exports/_components/editor/export-editor.tsx';
import { EditorsOnly } from '#app/(dashboard)/exports/_components/editors-only.tsx';
import { pageSession } from '#lib/auth/page-session.ts';
import { listDatasets } from '#lib/datasets/datasets.ts';
import { sqlExpressionGuide } from '#lib/datasets/expression/sql-guide.ts';
import { formatCatalog } from '#lib/exports/formats/catalog.ts';
import { readPrefill } from '#lib/exports/prefill.ts';
import { transformCatalog } from '#lib/exports/shape/catalog.ts';

export const metadata: Metadata = { title: 'New export' };

export default async function NewExportPage({ searchParams }: PageProps<'/exports/new'>) {
  const session = await pageSession();
  if (session.role === 'viewer') return <EditorsOnly />;
  const { items: datasets } = await listDatasets(session);
  return (
    <>
      <PageHeader title="New export" description="Four short steps; nothing runs before you say so." />
      <ExportEditor
        initial={readPrefill(await searchParams)}
        datasets={datasets}
        formats={formatCatalog()}
        transforms={transformCatalog()}
        guide={sqlExpressionGuide}
      />
    </>
  );
}
