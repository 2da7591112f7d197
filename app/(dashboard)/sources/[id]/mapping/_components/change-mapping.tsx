'use client';

import { Alert, Stack, Text } from '@mantine/core';
import type { Route } from 'next';
import { type ComponentProps, useState } from 'react';
import { TextLink } from '#app/_ui/link.tsx';
import { SyncPanel } from '#app/(dashboard)/sources/_components/sync-panel.tsx';
import { SourceMapping } from './source-mapping.tsx';

interface ChangeMappingProps {
  readonly version: number;
  readonly mapping: Omit<ComponentProps<typeof SourceMapping>, 'onSaved'>;
  readonly sync: Pick<ComponentProps<typeof SyncPanel>, 'name' | 'jobId' | 'hindrance'>;
}

/** A source's mapping; once it is saved, it is begun anew, with the sync that applies it at hand. */
export function ChangeMapping({ version, mapping, sync }: ChangeMappingProps) {
  const [isSaved, setSaved] = useState(false);
  return (
    <Stack gap="lg">
      <SourceMapping key={version} {...mapping} onSaved={() => setSaved(true)} />
      {isSaved && (
        <Alert color="green" title="The mapping is saved.">
          <Stack gap="sm">
            <Text size="sm">
              The next full sync applies it to all rows. See first what it would change, or sync now. Rows
              that it fills no more, if there are any, wait for you under{' '}
              <TextLink href={`/sources/${mapping.sourceId}/deletions` as Route} inherit>
                Deletes
              </TextLink>
              .
            </Text>
            <SyncPanel sourceId={mapping.sourceId} mayEdit {...sync} />
          </Stack>
        </Alert>
      )}
    </Stack>
  );
}
