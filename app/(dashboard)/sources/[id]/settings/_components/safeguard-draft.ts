import type { SourceView } from '#lib/sources/view.ts';

/** What limits and protects a source. */
export type Guarded = Pick<
  SourceView,
  'rateLimits' | 'cacheTtlSeconds' | 'deleteGuard' | 'rejectLimit' | 'conflictPolicy' | 'conflictPolicies'
>;

/** The numbers of the form, as they are written. */
export interface NumbersDraft {
  readonly guardRows: string;
  readonly guardPercent: string;
  readonly guardMost: string;
  readonly rejectRows: string;
  readonly rejectPercent: string;
  readonly cacheMinutes: string;
}

export interface LimitDraft {
  /** Tells it from the others while the form is open. */
  readonly id: number;
  readonly calls: string;
  readonly seconds: number;
}

/** The form as it is written. */
interface SafeguardDraft {
  readonly limits: readonly LimitDraft[];
  readonly numbers: NumbersDraft;
  readonly policy: Guarded['conflictPolicy'];
  /** By dataset; those that do as the source does are absent. */
  readonly policies: Guarded['conflictPolicies'];
}

export const MOST_LIMITS = 5;
const MOST_CALLS = 100_000;
const MOST_ROWS = 2_147_483_647;
const LONGEST_CACHE_MINUTES = 31 * 24 * 60;
const MINUTE_SECONDS = 60;

/** The form for a source as it is. */
export function draftOf(source: Guarded): SafeguardDraft {
  const { rateLimits, deleteGuard, rejectLimit, cacheTtlSeconds } = source;
  return {
    limits: rateLimits.map(({ calls, seconds }, id) => ({ id, calls: String(calls), seconds })),
    numbers: {
      guardRows: String(deleteGuard.rows),
      guardPercent: percentOf(deleteGuard.share),
      guardMost: String(deleteGuard.most),
      rejectRows: String(rejectLimit.rows),
      rejectPercent: percentOf(rejectLimit.share),
      cacheMinutes: String(cacheTtlSeconds / MINUTE_SECONDS),
    },
    policy: source.conflictPolicy,
    policies: source.conflictPolicies,
  };
}

/** What the form makes of the source; of `before` only the policies count, for what is gone from them is null. */
export function patchOf({ limits, numbers, policy, policies }: SafeguardDraft, before: Guarded) {
  const gone = Object.keys(before.conflictPolicies).filter((dataset) => !(dataset in policies));
  return {
    rateLimits: limits.map(({ calls, seconds }) => ({ calls: Number(calls), seconds })),
    deleteGuard: {
      rows: Number(numbers.guardRows),
      share: Number(numbers.guardPercent) / 100,
      most: Number(numbers.guardMost),
    },
    rejectLimit: { rows: Number(numbers.rejectRows), share: Number(numbers.rejectPercent) / 100 },
    cacheTtlSeconds: Math.round(Number(numbers.cacheMinutes) * MINUTE_SECONDS),
    conflictPolicy: policy,
    conflictPolicies: { ...Object.fromEntries(gone.map((dataset) => [dataset, null])), ...policies },
  };
}

/** What is wrong with the numbers, by their name; a limit's by `limit` and its id. */
export function problemsIn({ limits, numbers }: SafeguardDraft): Readonly<Record<string, string>> {
  const found: Record<string, string | undefined> = {
    guardRows: notBetween(numbers.guardRows, 1, MOST_ROWS, true),
    guardPercent: notBetween(numbers.guardPercent, 0, 100),
    guardMost: notBetween(numbers.guardMost, 1, MOST_ROWS, true),
    rejectRows: notBetween(numbers.rejectRows, 1, MOST_ROWS, true),
    rejectPercent: notBetween(numbers.rejectPercent, 0, 100),
    cacheMinutes: notBetween(numbers.cacheMinutes, 0, LONGEST_CACHE_MINUTES),
  };
  for (const { id, calls } of limits) found[`limit${id}`] = notBetween(calls, 1, MOST_CALLS, true);
  return Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

function notBetween(text: string, least: number, most: number, isWhole = false): string | undefined {
  const value = Number(text);
  const fits = text.trim() !== '' && value >= least && value <= most && (!isWhole || Number.isInteger(value));
  if (fits) return undefined;
  const kind = isWhole ? 'a whole number' : 'a number';
  return most === MOST_ROWS ? `Enter ${kind} from ${least} on.` : `Enter ${kind} from ${least} to ${most}.`;
}

/** Without what binary fractions add: 7, not 7.000000000000001. */
function percentOf(share: number): string {
  return String(Math.round(share * 1e6) / 1e4);
}
