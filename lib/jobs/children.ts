import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Progress } from '#lib/jobs/contract.ts';

/** How the children of a job stand, by their states. */
export const childrenSchema = z
  .object({ total: z.int(), completed: z.int(), failed: z.int(), cancelled: z.int() })
  .meta({ id: 'JobChildren' });

/** What is read of a child for its parent. */
interface Child {
  readonly status: string;
  readonly progress: Progress;
  readonly startedAt: string | null;
  readonly version: number;
}

/** The children of each job of a query; null where it has none. */
export const childrenOf: RawBuilder<readonly Child[] | null> = sql`(
  select jsonb_agg(jsonb_build_object('status', child.status, 'progress', child.progress, 'version', child.version,
    'startedAt', to_char(child.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by child.started_at)
  from public.jobs child where child.workspace_id = jobs.workspace_id and child.parent_id = jobs.id)`;

/** The state of each job of a query as people see it: one whose children have begun is at work too. */
export const shownStatus: RawBuilder<string> = sql`(
  case when status = 'queued' and blocked and exists (
    select from public.jobs child where child.workspace_id = jobs.workspace_id and child.parent_id = jobs.id
      and child.started_at is not null)
  then 'running' else status end)`;

interface OfParent {
  readonly children: z.infer<typeof childrenSchema>;
  readonly progress: Progress;
  readonly startedAt: string | null;
  /** Grows with every change of any of them. */
  readonly versions: number;
}

/** What a parent shows of its children together, at `now` in milliseconds since 1970. */
export function ofChildren(children: readonly Child[], now: number): OfParent {
  const startedAt = children.map((child) => child.startedAt).find((at) => at !== null) ?? null;
  const count = (status: string) => children.filter((child) => child.status === status).length;
  return {
    children: {
      total: children.length,
      completed: count('completed'),
      failed: count('failed'),
      cancelled: count('cancelled'),
    },
    progress: together(children, startedAt === null ? 0 : now - Date.parse(startedAt)),
    startedAt,
    versions: children.reduce((sum, { version }) => sum + version, 0),
  };
}

/** Rows are added up, and each child counts alike for the percentage; the phase is that of the longest at work. */
function together(children: readonly Child[], elapsedMs: number): Progress {
  const percentage = Math.floor(sum(children.map(percentageOf)) / children.length);
  const totals = children.map(({ progress }) => progress.itemsTotal ?? null);
  const phase = children.find(({ status }) => status === 'running')?.progress.currentPhase;
  return {
    itemsProcessed: sum(children.map(({ progress }) => progress.itemsProcessed ?? 0)),
    itemsTotal: totals.some((total) => total === null) ? null : sum(totals.map(Number)),
    percentage,
    estimatedTimeRemaining:
      percentage === 0 ? null : Math.round((elapsedMs / percentage) * (100 - percentage)),
    ...(phase && { currentPhase: phase }),
  };
}

function percentageOf({ status, progress }: Child): number {
  return status === 'queued' || status === 'running' ? (progress.percentage ?? 0) : 100;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
