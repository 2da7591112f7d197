'use client';

import { Text } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import type { KnownDataset } from '#app/(dashboard)/sources/_mapping/further-draft.ts';
import { draftsOf, type FieldDrafts, type Target } from '#app/(dashboard)/sources/_mapping/mapping-draft.ts';
import { MappingEditor } from '#app/(dashboard)/sources/_mapping/mapping-editor.tsx';
import { StreamTabs } from '#app/(dashboard)/sources/_mapping/stream-tabs.tsx';
import { mapRows } from '#app/(dashboard)/sources/_mapping/use-mapped-preview.ts';
import type { StreamPreview } from '#lib/sources/preview.ts';
import { draftsFor, mappingProblem, type SourceDraft } from './source-draft.ts';
import { Step } from './step.tsx';
import { type StreamDraft, targetOf, withMadeDrafts } from './stream-draft.ts';

interface MappingStepProps {
  readonly draft: SourceDraft;
  readonly datasets: readonly KnownDataset[];
  onStream(name: string, to: (stream: StreamDraft) => StreamDraft): void;
  onBack(): void;
  onNext(): void;
}

/** Which column of the source fills which of the dataset. */
export function MappingStep({ draft, datasets, onStream, onBack, onNext }: MappingStepProps) {
  const [hasTried, setTried] = useState(false);
  const problem = mappingProblem(draft, datasets);
  const mapped = (draft.preview ?? []).filter(({ name }) => draft.streams[name]?.choice !== 'none');
  return (
    <Step
      title="Which column goes where?"
      description="What we could guess is filled in. Below, you see what will be stored."
      problem={hasTried ? problem : undefined}
      onBack={onBack}
      onNext={() => (problem ? setTried(true) : onNext())}
    >
      <StreamTabs names={mapped.map(({ name }) => name)}>
        {(name) => {
          const stream = draft.streams[name];
          const source = mapped.find((one) => one.name === name);
          const target = stream && targetOf(stream, datasets);
          if (!source || !target) return null;
          const change = (to: (stream: StreamDraft) => StreamDraft) => onStream(name, to);
          return <StreamMapping {...{ draft, stream, source, target, datasets }} onChange={change} />;
        }}
      </StreamTabs>
    </Step>
  );
}

interface StreamMappingProps {
  readonly draft: SourceDraft;
  readonly stream: StreamDraft;
  readonly source: StreamPreview;
  readonly target: Target;
  readonly datasets: readonly KnownDataset[];
  onChange(to: (stream: StreamDraft) => StreamDraft): void;
}

function StreamMapping({ draft, stream, source, target, datasets, onChange }: StreamMappingProps) {
  const { choice, existing, mappings } = stream;
  const connector = draft.connector?.id ?? '';
  const take = (drafts: FieldDrafts) =>
    onChange((before) =>
      choice === 'new'
        ? { ...before, made: withMadeDrafts(before.made, drafts) }
        : { ...before, mappings: { ...before.mappings, [existing ?? '']: drafts } },
    );
  const isNew = choice === 'existing' && mappings[existing ?? ''] === undefined;
  if (isNew) return <Suggesting {...{ connector, source, target }} onSuggested={take} />;
  return (
    <MappingEditor
      {...{ connector, source, target, datasets }}
      drafts={draftsFor(stream)}
      further={stream.further}
      onChange={take}
      onFurther={(change) => onChange((before) => ({ ...before, further: change(before.further) }))}
    />
  );
}

interface SuggestingProps {
  readonly connector: string;
  readonly source: StreamPreview;
  readonly target: Target;
  onSuggested(drafts: FieldDrafts): void;
}

/** Asks what the columns of a dataset could be filled with; where nobody answers, a person begins with nothing. */
function Suggesting({ connector, source, target, onSuggested }: SuggestingProps) {
  const suggest = useEffectEvent(onSuggested);
  useEffect(() => {
    let isLeft = false;
    mapRows({ connector, stream: source.name, rows: source.rows }, { target })
      .then(({ fields }) => isLeft || suggest(draftsOf(fields)))
      .catch(() => isLeft || suggest({}));
    return () => {
      isLeft = true;
    };
  }, [connector, source, target]);
  return <Text aria-live="polite">Looking for columns that fit…</Text>;
}
