import type { RateWindow } from '#lib/core/rate-window.ts';

/** What is counted under one key, and what every window of it admits; a key always has the same windows. */
export interface Limit {
  readonly key: string;
  readonly windows: readonly RateWindow[];
}

/** What is used of a limit at this moment. */
export interface LimitUse {
  /** For how long no call is admitted at all, whatever the windows say; 0 where that is not so. */
  readonly closedMs: number;
  /** In the order of the limit's own; `emptyMs`: until none of the calls counts any more. */
  readonly windows: readonly { readonly used: number; readonly emptyMs: number }[];
}

/** An exact log of calls, shared by every process and kept by its server's clock. */
export interface CallLog {
  /** Takes one call from every window of every limit, or none of any. Answers 0, or how long to wait in milliseconds. */
  take(limits: readonly Limit[]): Promise<number>;
  /** Admits no call of the key for that long; what was said before holds where it lasts longer. */
  close(key: string, ms: number): Promise<void>;
  use(limits: readonly Limit[]): Promise<readonly LimitUse[]>;
  /** Forgets the calls of a key. */
  forget(key: string): Promise<void>;
}
