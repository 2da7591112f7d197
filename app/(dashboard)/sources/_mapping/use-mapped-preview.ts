'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import { ApiProblem, callApi } from '#app/_ui/call-api.ts';
import type { FieldMapping } from '#lib/datasets/mapping.ts';
import type { MapPreview } from '#lib/sources/map-preview.ts';
import { askLatest } from './ask-latest.ts';
import type { Target } from './mapping-draft.ts';
import { rowsText, type SampleRows } from './sample.ts';

const PAUSE_MS = 300;
const UNREACHABLE = 'The server could not be reached. It is tried again in a moment.';
const MARKED = 'Correct what is marked above to see it.';
/** Problems of a call that do not pass by themselves. */
const FINAL = ['invalid', 'not_found', 'forbidden', 'unauthenticated', 'too_large'];

/** Whose rows are mapped. */
export interface Sampled {
  readonly connector: string;
  readonly stream: string;
  readonly rows: SampleRows;
}

type Onto = Pick<Target, 'name' | 'columns' | 'key'>;

/** What the rows are mapped onto, and how; without fields, which are suggested. */
export interface MappingAsked {
  readonly target: Onto;
  readonly fields?: FieldMapping;
  readonly also?: readonly { readonly target: Onto; readonly each: string; readonly fields?: FieldMapping }[];
  readonly keepExtra?: boolean;
}

/** Asks what a sync would make of the rows. */
export function mapRows(
  { connector, stream, rows }: Sampled,
  { target, fields, also = [], keepExtra = false }: MappingAsked,
): Promise<MapPreview> {
  const lists = also.map(({ target: of, ...list }) => ({ ...list, dataset: datasetOf(of) }));
  const body = { stream, dataset: datasetOf(target), fields, also: lists, keepExtra, rows: rowsText(rows) };
  return callApi(`/api/connectors/${connector}/map`, { body });
}

function datasetOf({ name, columns, key }: Onto) {
  return name ?? { columns, key };
}

/** The latest answer: what comes of the rows, or why nothing does. */
interface Mapped {
  readonly preview?: MapPreview;
  readonly error: string | null;
  /** What is wrong with single fields, by their place: `fields.sku`, `also.0.fields.sku`. */
  readonly problems: Readonly<Record<string, string>>;
}

/** The mapped rows, asked for anew a moment after the last change; the last ones stay until the next are there. */
export function useMappedPreview(
  { connector, stream, rows }: Sampled,
  asked: MappingAsked,
  isReady: boolean,
) {
  const [mapped, setMapped] = useState<Mapped>({ error: null, problems: {} });
  const [answered, setAnswered] = useState('');
  const written = useMemo(() => JSON.stringify(asked), [asked]);
  const [settled] = useDebouncedValue(written, PAUSE_MS);
  const [asker, setAsker] = useState<ReturnType<typeof askLatest<string, MapPreview>>>();
  useEffect(() => {
    const own = askLatest<string, MapPreview>({
      ask: (question) => mapRows({ connector, stream, rows }, JSON.parse(question)),
      onAnswer: (preview, question) => {
        setMapped({ preview, error: null, problems: {} });
        setAnswered(question);
      },
      onFailure: (error, question) => {
        setMapped((before) => ({ ...before, ...failureOf(error) }));
        setAnswered(question);
      },
      mayPass: (error) => !(error instanceof ApiProblem && FINAL.includes(error.problem.code)),
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
    setAsker(own);
    setAnswered('');
    return () => own.stop();
  }, [connector, stream, rows]);
  useEffect(() => {
    if (isReady) asker?.ask(settled);
  }, [asker, settled, isReady]);
  return { ...mapped, isPending: isReady && answered !== written };
}

function failureOf(error: unknown): Pick<Mapped, 'error' | 'problems'> {
  if (!(error instanceof ApiProblem)) return { error: UNREACHABLE, problems: {} };
  const problems = error.problem.fields ?? {};
  return { error: Object.keys(problems).length > 0 ? MARKED : error.message, problems };
}
