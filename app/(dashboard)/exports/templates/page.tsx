import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { LinkButton } from '#app/_ui/link.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { pageSession } from '#lib/auth/page-session.ts';
import { listDatasets } from '#lib/datasets/datasets.ts';
import { formatCatalog } from '#lib/exports/formats/catalog.ts';
import type { TemplateView } from '#lib/exports/templates/schema.ts';
import { listTemplates } from '#lib/exports/templates/templates.ts';
import { TemplateCard } from './_components/template-card.tsx';

export const metadata: Metadata = { title: 'Templates of exports' };

export default async function TemplatesPage() {
  const session = await pageSession();
  const [{ items }, datasets] = await Promise.all([listTemplates(session), listDatasets(session)]);
  const labels = new Map(datasets.items.map(({ name, label }) => [name, label]));
  const formats = new Map(formatCatalog().map(({ id, label }) => [id, label]));
  const mayEdit = session.role !== 'viewer';
  const cards = (templates: readonly TemplateView[]) => (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
      {templates.map((template) => (
        <TemplateCard
          key={template.id}
          template={template}
          data={labels.get(template.definition.dataset) ?? template.definition.dataset}
          formats={template.formats.map((id) => formats.get(id) ?? id)}
          mayEdit={mayEdit}
        />
      ))}
    </SimpleGrid>
  );
  const own = items.filter(({ builtin }) => !builtin);
  return (
    <>
      <PageHeader
        title="Templates"
        description="Exports that are defined already: choose one, answer its few questions, and look at the rows before you save it."
        actions={
          <LinkButton variant="default" href="/exports">
            Exports
          </LinkButton>
        }
      />
      <Stack gap="xl">
        <Stack component="section" aria-labelledby="own">
          <Title order={2} size="h4" id="own">
            Of this workspace
          </Title>
          {own.length > 0 ? (
            cards(own)
          ) : (
            <Text c="dimmed">
              None yet. Every export can be saved as a template: open it and press “Save as template”.
            </Text>
          )}
        </Stack>
        <Stack component="section" aria-labelledby="builtin">
          <Title order={2} size="h4" id="builtin">
            Built in
          </Title>
          {cards(items.filter(({ builtin }) => builtin))}
        </Stack>
      </Stack>
    </>
  );
}
