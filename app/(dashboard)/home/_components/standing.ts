import type { Route } from 'next';
import type { Artifact } from '#lib/exports/artifacts.ts';
import type { ExportSummary } from '#lib/exports/overview.ts';
import type { SourceView } from '#lib/sources/view.ts';

/** A file that an export has made last. */
export interface LatestFile extends Artifact {
  readonly exportId: string;
  readonly exportName: string;
  readonly madeAt: string | null;
}

const SHOWN_FILES = 5;

/** How far a workspace has come on its first way, from a source to a file. */
export function standingOf(sources: readonly SourceView[], exports: readonly ExportSummary[]) {
  const [dataset] = sources.flatMap(({ streams }) => Object.values(streams).map(({ dataset }) => dataset));
  const [unrun] = exports;
  const query = dataset ? `?${new URLSearchParams({ dataset })}` : '';
  return {
    hasFile: exports.some(({ lastRun }) => lastRun?.status === 'completed'),
    files: latestFiles(exports),
    steps: {
      hasSource: sources.length > 0,
      dataHref: (dataset ? `/data/${dataset}` : '/data') as Route,
      exportHref: (unrun ? `/exports/${unrun.id}` : `/exports/new${query}`) as Route,
    },
  };
}

function latestFiles(exports: readonly ExportSummary[]): LatestFile[] {
  return exports
    .flatMap(({ id, name, lastRun }) =>
      (lastRun?.artifacts ?? []).map((file) => ({
        ...file,
        exportId: id,
        exportName: name,
        madeAt: lastRun?.completedAt ?? null,
      })),
    )
    .sort((one, other) => (other.madeAt ?? '').localeCompare(one.madeAt ?? ''))
    .slice(0, SHOWN_FILES);
}
