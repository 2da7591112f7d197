import { Text, Title } from '@mantine/core';
import type { DatabaseView } from '#lib/datasets/database-views.ts';

/** Views that cannot be datasets yet, each with what to do about it. */
export function HinderedViews({ views }: { views: readonly DatabaseView[] }) {
  if (views.length === 0) return null;
  return (
    <section aria-labelledby="hindered">
      <Title order={2} size="h4" mt="xl" mb="xs" id="hindered">
        Not ready yet
      </Title>
      <Text c="dimmed" size="sm" mb="sm">
        Somebody who may change the database has to do this first.
      </Text>
      <dl style={{ margin: 0 }}>
        {views.map(({ view, problem }) => (
          <div key={view} style={{ marginBottom: 'var(--mantine-spacing-sm)', overflowWrap: 'anywhere' }}>
            <Text component="dt" size="sm" fw={500}>
              {view}
            </Text>
            <Text component="dd" size="sm" m={0}>
              {sentence(problem ?? '')}
            </Text>
          </div>
        ))}
      </dl>
    </section>
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
