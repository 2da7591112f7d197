import type { Route } from 'next';
import type { JobView } from '#lib/jobs/jobs.ts';

const kinds: Readonly<Record<string, string>> = {
  sync: 'Sync',
  replay: 'Replay of rejected rows',
  deletion: 'Removal of vanished rows',
  alert: 'Mail about the health',
  export: 'Export',
  batch: 'Batch of exports',
};

type Named = Pick<JobView, 'kind' | 'subject'>;

/** What kind of work it is, in a word. */
export function kindOf({ kind }: Named): string {
  return kinds[kind] ?? kind;
}

/** What it works for, by name. */
export function subjectOf({ subject }: Named): string | null {
  return subject && (subject.name ?? `${subject.type === 'source' ? 'a source' : 'an export'} since deleted`);
}

/** Kind and subject in one line, such as `Sync of Zip codes`. */
export function titleOf(job: Named): string {
  const subject = subjectOf(job);
  return subject === null ? kindOf(job) : `${kindOf(job)} of ${subject}`;
}

/** The page of what it works for, while that is there. */
export function subjectHref({ subject }: Named): Route | null {
  return subject?.name ? (`/${subject.type}s/${subject.id}` as Route) : null;
}

/** Whether a person can run it again: it has failed, or a part of it, and that has not been done yet. */
export function canRetry({ status, children, retriedBy, completedAt }: JobView): boolean {
  if (completedAt === null || retriedBy !== null) return false;
  return status === 'failed' || (children?.failed ?? 0) > 0;
}

/** How the parts of a job stand, such as `2 of 5 parts done, 1 failed`; null where it has none. */
export function partsInWords({ children }: Pick<JobView, 'children'>): string | null {
  if (!children) return null;
  const { total, completed, failed, cancelled } = children;
  const rest = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(cancelled > 0 ? [`${cancelled} cancelled`] : []),
  ];
  return [`${completed} of ${total} ${total === 1 ? 'part' : 'parts'} done`, ...rest].join(', ');
}

const sumOfCounts = [
  ['inserted', 'new'],
  ['updated', 'changed'],
  ['deleted', 'removed'],
  ['rejected', 'set aside'],
  ['superseded', 'repeated'],
] as const;

type SyncCounts = Readonly<Record<'read' | 'unchanged' | (typeof sumOfCounts)[number][0], number>>;

/** The counts of a sync as people say them: `100,000 rows read, 12 new, 3 changed`. */
export function countsInWords(counts: SyncCounts, number: (value: number) => string): string {
  const read = `${number(counts.read)} ${counts.read === 1 ? 'row' : 'rows'} read`;
  const rest = sumOfCounts.flatMap(([name, word]) =>
    counts[name] ? [`${number(counts[name])} ${word}`] : [],
  );
  return [read, ...(rest.length > 0 ? rest : ['nothing changed'])].join(', ');
}

/** The counts that a finished sync has given; null for other jobs. */
export function countsOf({ result }: Pick<JobView, 'result'>): SyncCounts | null {
  return isObject(result) && 'read' in result ? (result as unknown as SyncCounts) : null;
}

/** The counts of each stream of a finished sync. */
export function streamsOf({ result }: Pick<JobView, 'result'>): Readonly<Record<string, SyncCounts>> {
  return isObject(result) && 'streams' in result ? (result.streams as Record<string, SyncCounts>) : {};
}

/** A file that an export has made. */
interface JobFile {
  readonly id: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly rows: number;
  readonly url: string;
}

/** The files that a finished export, or a batch of them, has made; none for other jobs. */
export function filesOf({ result }: Pick<JobView, 'result'>): readonly JobFile[] {
  if (!isObject(result)) return [];
  if ('exports' in result) return (result.exports as readonly JobView[]).flatMap(filesIn);
  return filesIn(result);
}

function filesIn(made: object): readonly JobFile[] {
  return 'artifacts' in made ? (made.artifacts as readonly JobFile[]) : [];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
