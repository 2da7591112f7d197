import type { Metadata } from 'next';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { EditorsOnly } from '#app/(dashboard)/exports/_components/editors-only.tsx';
import { CopyTemplateButton } from '#app/(dashboard)/exports/templates/_components/copy-template-button.tsx';
import { RemoveTemplateButton } from '#app/(dashboard)/exports/templates/_components/remove-template-button.tsx';
import { orNotFound } from '#lib/api/page.ts';
import { pageSession } from '#lib/auth/page-session.ts';
import { listDatasets } from '#lib/datasets/datasets.ts';
import { formatCatalog } from '#lib/exports/formats/catalog.ts';
import { suggestCustomizations } from '#lib/exports/templates/suggest.ts';
import { getTemplate } from '#lib/exports/templates/templates.ts';
import { TemplateForm } from './_components/template-form.tsx';

export const metadata: Metadata = { title: 'Edit template' };

export default async function EditTemplatePage({ params }: PageProps<'/exports/templates/[id]/edit'>) {
  const session = await pageSession();
  const { id } = await params;
  const template = await orNotFound(getTemplate(session, id));
  if (session.role === 'viewer') return <EditorsOnly />;
  const { name, definition, builtin } = template;
  if (builtin) return <BuiltIn id={id} name={name} />;
  const { items } = await listDatasets(session);
  const columns = items.find((dataset) => dataset.name === definition.dataset)?.columns ?? [];
  const catalog = formatCatalog();
  return (
    <>
      <PageHeader
        title={`Edit ${name}`}
        description="What it is called, and what it asks whoever uses it. Exports that were made from it stay as they are."
        actions={<RemoveTemplateButton id={id} name={name} />}
      />
      <TemplateForm
        template={template}
        places={suggestCustomizations(definition, columns, catalog)}
        formats={catalog.map((format) => ({ id: format.id, label: format.label }))}
        columns={columns}
      />
    </>
  );
}

function BuiltIn({ id, name }: { id: string; name: string }) {
  return (
    <>
      <PageHeader title={name} />
      <EmptyState title="This template is built in" action={<CopyTemplateButton id={id} name={name} />}>
        It is the same in every workspace and stays as it is. Make a copy, which is yours to change.
      </EmptyState>
    </>
  );
}
