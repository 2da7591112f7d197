import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { Route } from 'next';
import { LinkButton } from '#app/_ui/link.tsx';
import type { TemplateView } from '#lib/exports/templates/schema.ts';
import { CopyTemplateButton } from './copy-template-button.tsx';
import { RemoveTemplateButton } from './remove-template-button.tsx';

interface TemplateCardProps {
  readonly template: TemplateView;
  /** The label of its dataset. */
  readonly data: string;
  /** What its formats are called. */
  readonly formats: readonly string[];
  readonly mayEdit: boolean;
}

/** What a template gives, and the way to use it. */
export function TemplateCard({ template, data, formats, mayEdit }: TemplateCardProps) {
  const { id, name, description, customizations, builtin } = template;
  const choices = customizations.map(({ field, label = field }) => label);
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="xs" h="100%" justify="space-between">
        <Stack gap={4}>
          <Title order={3} size="h5" style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Title>
          {description && <Text size="sm">{description}</Text>}
          <Text size="sm" c="dimmed">
            {data} · {formats.join(', ')}
          </Text>
          {choices.length > 0 && (
            <Text size="sm" c="dimmed">
              To choose: {choices.join(', ')}
            </Text>
          )}
        </Stack>
        {mayEdit && (
          <Group gap="xs">
            <LinkButton
              size="compact-sm"
              variant="default"
              href={`/exports/templates/${id}` as Route}
              aria-label={`Use ${name}`}
            >
              Use
            </LinkButton>
            {builtin ? (
              <CopyTemplateButton id={id} name={name} size="compact-sm" />
            ) : (
              <>
                <LinkButton
                  size="compact-sm"
                  variant="default"
                  href={`/exports/templates/${id}/edit` as Route}
                  aria-label={`Edit ${name}`}
                >
                  Edit
                </LinkButton>
                <RemoveTemplateButton id={id} name={name} size="compact-sm" />
              </>
            )}
          </Group>
        )}
      </Stack>
    </Paper>
  );
}
