import type { Doubt } from '#connectors/contract.ts';
import type { Bookmark } from './growing.ts';
import type { Trail } from './trail.ts';
import type { Window } from './windows.ts';

/** Where an answer is asked for; at the address of the source itself where there is no place. */
export type Place =
  | { readonly url: string }
  | { readonly page: number }
  | { readonly offset: number }
  | { readonly token: string };

/** How much of an answer lies behind. `row` is a hash of the record there, by which the answer is known again. */
export interface Behind {
  readonly records: number;
  readonly row: string;
  /** A hash of the answer's first record. */
  readonly first: string;
}

/**
 * Where a pass over an API stands, as a page's cursor holds it: small, and enough to go on from. A pass asks one
 * question, or one for each window; a question has one answer, or one for each page of the API.
 */
export interface Standing {
  /** When the pass began, ISO 8601, by whichever clock is behind: ours or the vendor's. */
  readonly began: string;
  /** The largest value of the cursor column so far. */
  readonly largest?: string;
  /** A question's pages were counted, and it had more than one. */
  readonly counted?: boolean;
  /** Why not everything has been seen, where that is known already. */
  readonly unmet?: string;
  readonly window?: Window;
  readonly place?: Place;
  readonly behind?: Behind;
  /** Of the question, before this answer: its rows, its answers, and those of them in a row that were empty. */
  readonly rows: number;
  readonly answers: number;
  readonly empty: number;
  /** A hash of the question's first record. */
  readonly head?: string;
  /** With an offset: what the row before it is known by. */
  readonly anchor?: string;
  /** How often that row was gone. */
  readonly returns?: number;
  /** What the answers held, and where they were asked for. */
  readonly contents?: Trail;
  readonly places?: Trail;
}

/** How a pass has ended: what its last page says beside its rows. */
export interface Ending {
  readonly complete?: boolean;
  readonly doubt?: Doubt;
  readonly bookmark?: Bookmark;
}

/** A page's cursor: where the pass stands, or that it has ended. */
export type ApiCursor = Standing | { readonly ended: Ending };
