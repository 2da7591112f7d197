import type { z } from 'zod';
import type { Column } from '#lib/core/columns.ts';
import type { RateWindow } from '#lib/core/rate-window.ts';

/** Sends a request through the platform's outbound client: guarded, retried, bounded, redacted. */
export type ConnectorFetch = (request: OutboundRequest) => Promise<OutboundResponse>;

export interface OutboundRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Statuses beyond 2xx that are an answer here, and no failure. */
  readonly alsoAccept?: readonly number[];
}

/** `status` is 2xx or accepted beyond that: everything else has been retried or thrown as an `EntrepotError`. */
export interface OutboundResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded of any `Content-Encoding`; throws `NETWORK_ERROR` where the body is cut short. Read once. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** What a connector is given to work with; everything impure arrives here. */
export interface Context {
  readonly fetch: ConnectorFetch;
  /** The bytes of an object that the workspace has uploaded; throws `not_found`. */
  readonly openUpload: (id: string) => Promise<AsyncIterable<Uint8Array>>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/**
 * A row as the vendor gave it. Numbers that JavaScript cannot hold exactly are `JSON.rawJSON` objects.
 * `line` is where it starts in the body it came from, counted from 1, where that has a meaning.
 * `updatedAt` is when the vendor last changed it, in ISO 8601, where the vendor says so.
 */
export interface SourceRow {
  readonly line?: number;
  readonly updatedAt?: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A piece of the body that is no row: kept with its reason and its raw text, cut to 8 kB. */
export interface BrokenRow {
  readonly line?: number;
  readonly reason: string;
  readonly raw: string;
}

/** Why a pass that came to its end is not complete. */
export interface Doubt {
  /** A sentence for a person. */
  readonly reason: string;
  /**
   * True where another pass over the same rows settles it: its pages were counted, so that a row which moved
   * meanwhile may have been passed over. What two such passes in a row do not see is not there.
   */
  readonly settledByAnother: boolean;
}

/** At most 5,000 rows and 8 MB. */
export interface Page {
  readonly rows: readonly SourceRow[];
  readonly broken?: readonly BrokenRow[];
  /** The names of the source's columns where it states them (a CSV's header). */
  readonly columns?: readonly string[];
  /** Where to go on after this page; JSON-serialisable, small. */
  readonly cursor: unknown;
  /** True on the last page of a pass that has provably seen everything that the source holds, not just what changed. */
  readonly complete?: boolean;
  /** On the last page, where a pass that was to be complete is not. */
  readonly doubt?: Doubt;
  /**
   * Where the next incremental pass may begin once this one has ended; JSON-serialisable, small. The last one
   * of a pass counts; a pass that gives none is followed by a full one.
   */
  readonly bookmark?: unknown;
}

export const PAGE_MAX_ROWS = 5_000;
export const PAGE_MAX_BYTES = 8_000_000;

/**
 * What a pass from a bookmark reads. `changes`: the rows that changed since, among which deleted ones do not
 * show. `whole`: nothing where nothing has changed, else everything. `none`: there are no bookmarks.
 */
export type IncrementalReading = 'changes' | 'whole' | 'none';

/** A stream as data, safe for the browser. */
export interface StreamDefinition<Config = unknown> {
  readonly name: string;
  readonly label: string;
  /** Empty where the source itself says what its columns are. */
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  readonly write: 'upsert' | 'replace';
  /** True where a value is text and nothing else (CSV), so that JSON in it is JSON; else values have types of their own. */
  readonly rawText: boolean;
  /** True where all pages come out of one body: it is spooled first, so that the work can be resumed. */
  spooled(config: Config): boolean;
  incremental(config: Config): IncrementalReading;
}

/** A connector as data, safe for the browser: zod and types only. */
export interface ConnectorDefinition<Config = unknown, Credentials = unknown> {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly config: z.ZodType<Config>;
  readonly credentials: z.ZodType<Credentials>;
  readonly streams: readonly StreamDefinition<Config>[];
  /** Hosts the connector may call; `any` where the user names the address. */
  readonly allowedHosts: readonly string[] | 'any';
  /** What the provider admits; all windows hold at once. Empty where it does not say. */
  readonly rateLimits: readonly RateWindow[];
  /** Under what the provider counts the calls: its account and operation. No secret; sources may share one. */
  limitKey(config: Config): string;
}

export interface Stream<Client> {
  /**
   * Yields pages from `cursor` (null: from the start) on, in the source's order. `since` is the bookmark at which
   * an incremental pass begins, the same for every cursor of that pass; null or absent: a full pass. Throws
   * `bookmark_expired` where the source does not keep changes so far back.
   */
  read(client: Client, cursor: unknown, since?: unknown): AsyncGenerator<Page>;
}

export interface Connector<Config = unknown, Credentials = unknown, Client = unknown> {
  readonly definition: ConnectorDefinition<Config, Credentials>;
  connect(config: Config, credentials: Credentials | null, context: Context): Promise<Client>;
  /** Resolves where the source can be read, with a sentence that says what was found; throws otherwise. */
  check(client: Client): Promise<string>;
  readonly streams: Readonly<Record<string, Stream<Client>>>;
}

/** Gives a connector its types by inference. */
export function defineConnector<Config, Credentials, Client>(
  connector: Connector<Config, Credentials, Client>,
): Connector<Config, Credentials, Client> {
  return connector;
}
