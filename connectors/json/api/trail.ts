import { createHash } from 'node:crypto';

/** What a sequence has come by, as much of it as it takes to notice that it goes in a circle. */
export interface Trail {
  readonly mark: string;
  readonly last: string;
  /** How many steps ago the mark was set, and after how many it is set anew. */
  readonly steps: number;
  readonly span: number;
}

/**
 * The trail with one step more, or undefined where the step repeats the one before or closes a circle. A circle
 * is noticed within three times the way into it and round it, in constant space (Brent's algorithm).
 */
export function stepOn(trail: Trail | undefined, step: string): Trail | undefined {
  if (!trail) return { mark: step, last: step, steps: 0, span: 1 };
  const { mark, last, span } = trail;
  if (step === mark || step === last) return undefined;
  const steps = trail.steps + 1;
  return steps === span
    ? { mark: step, last: step, steps: 0, span: 2 * span }
    : { mark, last: step, steps, span };
}

/** Short, and the same for the same values only. */
export function hashOf(...values: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 12);
}
