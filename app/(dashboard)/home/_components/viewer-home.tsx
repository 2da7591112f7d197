import { Stack, Text } from '@mantine/core';
import { TextLink } from '#app/_ui/link.tsx';
import { DatasetTable } from '#app/(dashboard)/data/_components/dataset-table.tsx';
import type { Session } from '#lib/auth/session.ts';
import { datasetsOverview } from '#lib/datasets/overview.ts';
import { Files } from './files.tsx';
import { Section } from './section.tsx';
import type { LatestFile } from './standing.ts';

interface ViewerHomeProps {
  readonly session: Session;
  readonly files: readonly LatestFile[];
}

/** What a viewer can look at: the data, and the files made of it. */
export async function ViewerHome({ session, files }: ViewerHomeProps) {
  const datasets = (await datasetsOverview(session)).filter(({ rows }) => rows.total > 0);
  return (
    <Stack>
      <Section title="Data to look at" more={<TextLink href="/data">All data</TextLink>}>
        {datasets.length === 0 ? (
          <Text c="dimmed">Nothing yet: once an editor has added a source, its rows are here.</Text>
        ) : (
          <DatasetTable datasets={datasets} />
        )}
      </Section>
      <Section title="Latest files" more={<TextLink href="/exports">All exports</TextLink>}>
        <Files files={files} />
      </Section>
    </Stack>
  );
}
