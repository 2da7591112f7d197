import type { Metadata } from 'next';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { EditorsOnly } from '#app/(dashboard)/exports/_components/editors-only.tsx';
import { orNotFound } from '#lib/api/page.ts';
import { pageSession } from '#lib/auth/page-session.ts';
import { listDatasets } from '#lib/datasets/datasets.ts';
import { formatCatalog } from '#lib/exports/formats/catalog.ts';
import { fittingDatasets, getTemplate } from '#lib/exports/templates/templates.ts';
import { ApplyForm } from './_components/apply-form.tsx';

export const metadata: Metadata = { title: 'Use a template' };

export default async function TemplatePage({ params }: PageProps<'/exports/templates/[id]'>) {
  const session = await pageSession();
  const { id } = await params;
  const template = await orNotFound(getTemplate(session, id));
  if (session.role === 'viewer') return <EditorsOnly />;
  const [{ items }, fitting] = await Promise.all([listDatasets(session), fittingDatasets(session, template)]);
  return (
    <>
      <PageHeader title={template.name} description={template.description} />
      <ApplyForm
        template={template}
        datasets={items.filter(({ name }) => fitting.includes(name))}
        formats={formatCatalog()
          .filter(({ id }) => template.formats.includes(id))
          .map(({ id, label }) => ({ id, label }))}
      />
    </>
  );
}
