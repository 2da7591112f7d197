'use client';

import type { SourcePreview } from '#lib/sources/preview.ts';
import { useAnswer } from './use-answer.ts';

const anew = { force: true };

/** The first rows of a saved source as they are now, read once. */
export function useSourcePreview(sourceId: string) {
  const { answer, ...state } = useAnswer<SourcePreview>(`/api/connectors/sources/${sourceId}/preview`, anew);
  return { streams: answer?.streams ?? null, ...state };
}
