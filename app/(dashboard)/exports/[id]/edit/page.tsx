import type { Metadata } from 'next';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { ExportEditor } from '#app/(dashboard)/exports/_components/editor/export-editor.tsx';
import { EditorsOnly } from '#app/(dashboard)/exports/_components/editors-only.tsx';
import { orNotFound } from '#lib/api/page.ts';
import { pageSession } from '#lib/auth/page-session.ts';
import { listDatasets } from '#lib/datasets/datasets.ts';
import { sqlExpressionGuide } from '#lib/datasets/expression/sql-guide.ts';
import { getExport } from '#lib/exports/exports.ts';
import { formatCatalog } from '#lib/exports/formats/catalog.ts';
import { transformCatalog } from '#lib/exports/shape/catalog.ts';

export const metadata: Metadata = { title: 'Edit export' };

export default async function EditExportPage({ params }: PageProps<'/exports/[id]/edit'>) {
  const session = await pageSession();
  const { id } = await params;
  const [view, datasets] = await Promise.all([orNotFound(getExport(session, id)), listDatasets(session)]);
  if (session.role === 'viewer') return <EditorsOnly />;
  const { id: _id, ownerId, createdAt: _created, updatedAt: _updated, ...definition } = view;
  return (
    <>
      <PageHeader
        title={`Edit ${view.name}`}
        description={
          view.mode === 'incremental' &&
          'With other data, another filter or other columns, its next run gives everything once more.'
        }
      />
      <ExportEditor
        id={id}
        initial={definition}
        isOwn={ownerId === session.userId}
        datasets={datasets.items}
        formats={formatCatalog()}
        transforms={transformCatalog()}
        guide={sqlExpressionGuide}
      />
    </>
  );
}
