'use client';

import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import type { KnownDataset } from '#app/(dashboard)/sources/_mapping/further-draft.ts';
import { StreamTabs } from '#app/(dashboard)/sources/_mapping/stream-tabs.tsx';
import { changeSource } from '#app/(dashboard)/sources/actions.ts';
import type { SourceView } from '#lib/sources/view.ts';
import { knownFrom, nowhere, type Onto, ontoOf, ontoProblem, streamsPatch } from './onto.ts';
import { StreamMapping } from './stream-mapping.tsx';
import { useSourcePreview } from './use-source-preview.ts';

interface SourceMappingProps {
  readonly sourceId: string;
  readonly connector: string;
  /** The source's streams. */
  readonly names: readonly string[];
  readonly streams: SourceView['streams'];
  readonly datasets: readonly KnownDataset[];
  /** How many rows are set aside, by stream. */
  readonly parked: Readonly<Record<string, number>>;
  /** Whether the mapping is tried on those first. */
  readonly isParkedFirst: boolean;
  onSaved(): void;
}

/** A saved source's mapping, changed with its present rows beside it. */
export function SourceMapping(props: SourceMappingProps) {
  const { sourceId, connector, names, streams, datasets, parked, isParkedFirst, onSaved } = props;
  const [mapped, setMapped] = useState<Readonly<Record<string, Onto>>>(() => ontoOf(streams));
  const preview = useSourcePreview(sourceId);
  const { run, pending, error } = useAction(changeSource);
  const unread = useMemo(
    () => new Map(names.map((name) => [name, knownFrom(name, streams[name])])),
    [names, streams],
  );
  const sourceOf = (name: string) =>
    preview.streams?.find((one) => one.name === name) ?? unread.get(name) ?? knownFrom(name);
  const problem = ontoProblem(mapped, datasets, sourceOf);
  const save = async () => {
    const patch = { streams: streamsPatch(streams, mapped, preview.streams ?? []) };
    const saved = await run({ id: sourceId, patch });
    if (saved) onSaved();
  };
  return (
    <Stack gap="lg">
      <div>
        <Title order={2} size="h4">
          Which column goes where
        </Title>
        <Text c="dimmed" maw={640}>
          A changed mapping is applied to all rows by the next full sync. Until then, they stay as they are.
        </Text>
      </div>
      <ProblemAlert error={preview.error} title="The source could not be read for a preview" />
      {preview.isReading ? (
        <Skeleton height={320} aria-label="Reading the source" />
      ) : (
        <StreamTabs names={names}>
          {(name) => (
            <StreamMapping
              {...{ sourceId, connector, datasets, isParkedFirst }}
              parked={parked[name] ?? 0}
              source={sourceOf(name)}
              onto={mapped[name] ?? nowhere}
              madeFor={streams[name]?.columns}
              onChange={(change) =>
                setMapped((before) => ({ ...before, [name]: change(before[name] ?? nowhere) }))
              }
            />
          )}
        </StreamTabs>
      )}
      <ProblemAlert error={error} title="Nothing was saved" />
      <Group>
        <Button onClick={save} loading={pending} disabled={problem !== undefined || preview.isReading}>
          Save mapping
        </Button>
        {problem && <Text size="sm">{problem}</Text>}
      </Group>
    </Stack>
  );
}
