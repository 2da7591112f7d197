import { Group } from '@mantine/core';
import type { Route } from 'next';
import { TextLink } from '#app/_ui/link.tsx';
import type { Session } from '#lib/auth/session.ts';
import { listDatasets } from '#lib/datasets/datasets.ts';

interface DatasetLinksProps {
  readonly session: Session;
  readonly names: readonly string[];
}

/** The datasets that a source fills, each called by its label. */
export async function DatasetLinks({ session, names }: DatasetLinksProps) {
  const { items } = await listDatasets(session);
  const labels = new Map(items.map(({ name, label }) => [name, label]));
  return (
    <Group gap="xs">
      {names.map((name) => (
        <TextLink key={name} href={`/data/${name}` as Route} size="sm">
          {labels.get(name) ?? name}
        </TextLink>
      ))}
    </Group>
  );
}
