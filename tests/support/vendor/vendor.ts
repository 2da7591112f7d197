import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { bodyOf } from './answer.ts';
import { type Clock, clockAt } from './clock.ts';
import { type Fault, sendTruncated } from './faults.ts';
import { type Habits, type PagingKind, type Part, pagingKinds, partOf } from './question.ts';
import { tableOf, type VendorTable } from './table.ts';

/** A call that has arrived, before it is answered; numbers count from 1. */
export interface VendorCall {
  readonly number: number;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

/** Called before each answer: may change what the vendor has, and say what goes wrong with this call. */
export type BeforeCall = (call: VendorCall) => Fault | undefined | Promise<Fault | undefined>;

/** A stateful API on loopback that has tables, gives them out page by page, and fails as it is told to. */
export interface Vendor {
  readonly url: string;
  readonly clock: Clock;
  readonly habits: Habits;
  readonly calls: readonly VendorCall[];
  /** The table of that name, empty at first. */
  table(name: string): VendorTable;
  /** Replaces what is done before each call; nothing where absent. */
  before(hook?: BeforeCall): void;
  /** The next so many calls go wrong. */
  fail(fault: Fault, times?: number): void;
  /** From now on only calls with a live token are answered; gives one that lives so long by the vendor's clock. */
  issueToken(livesMs: number): string;
  /** Changes are kept for so long: who asks from before it is refused, by a 410 or in so many words. */
  keepChanges(ms: number, refusal?: Fault): void;
  close(): void;
}

export async function startVendor({ now = '2026-03-01T12:00:00Z' } = {}): Promise<Vendor> {
  const state = new State(clockAt(now));
  const server = createServer((request, response) => {
    void answer(state, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { clock, habits, calls } = state;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clock,
    habits,
    calls,
    table: (name) => state.table(name),
    before: (hook = () => undefined) => {
      state.hook = hook;
    },
    fail: (fault, times = 1) => void state.failures.push(...Array.from({ length: times }, () => fault)),
    issueToken: (livesMs) => state.issueToken(livesMs),
    keepChanges: (ms, refusal = { status: 410 }) => {
      state.kept = { ms, refusal };
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

class State {
  readonly habits: Habits = {
    cap: Number.POSITIVE_INFINITY,
    maxPage: Number.POSITIVE_INFINITY,
    ignores: new Set(),
  };
  readonly calls: VendorCall[] = [];
  readonly failures: Fault[] = [];
  readonly clock: Clock;
  hook: BeforeCall = () => undefined;
  kept: { readonly ms: number; readonly refusal: Fault } | undefined;
  readonly #tables = new Map<string, VendorTable>();
  readonly #tokens = new Map<string, number>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  table(name: string): VendorTable {
    const table = this.#tables.get(name) ?? tableOf(name, this.clock);
    this.#tables.set(name, table);
    return table;
  }

  issueToken(livesMs: number): string {
    const token = `token-${this.#tokens.size + 1}`;
    this.#tokens.set(token, this.clock.now().getTime() + livesMs);
    return token;
  }

  /** What keeps the vendor from answering at all. */
  async refusalOf(call: VendorCall): Promise<Fault | undefined> {
    const fault = (await this.hook(call)) ?? this.failures.shift();
    if (fault) return fault;
    if (this.#tokens.size > 0) {
      const token = (call.headers.authorization ?? '').replace(/^Bearer /, '');
      if ((this.#tokens.get(token) ?? 0) <= this.clock.now().getTime()) return { status: 401 };
    }
    const since = Date.parse(call.query.get('updated_since') ?? call.query.get('updated_after') ?? '');
    return this.kept && since < this.clock.now().getTime() - this.kept.ms ? this.kept.refusal : undefined;
  }
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const call = {
    number: state.calls.length + 1,
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
  };
  state.calls.push(call);
  const fault = await state.refusalOf(call);
  if (fault === 'reset') return void request.socket.resetAndDestroy();
  const date = state.clock.now().toUTCString();
  if (typeof fault === 'object' && 'status' in fault) {
    return void response.writeHead(fault.status, { date, ...fault.headers }).end(fault.body ?? '');
  }
  if (typeof fault === 'object') await setTimeout(fault.lateMs);
  const [, kind = '', name = ''] = url.pathname.split('/');
  if (!isPaging(kind)) return void response.writeHead(404, { date }).end();
  const part = partOf(state.table(name).rows(), kind, url.searchParams, state.habits);
  const next = nextAddress(url, kind, part);
  const format = url.searchParams.get('format') ?? 'rows';
  const body = bodyOf(format, { part, next: kind === 'next' ? next : null, uneven: fault === 'uneven' });
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  const headers = { date, etag, ...(kind === 'link' && linkTo(url, next)) };
  if (fault === 'truncated') sendTruncated(response, headers, body);
  else if (request.headers['if-none-match'] === etag) response.writeHead(304, headers).end();
  else response.writeHead(200, headers).end(body);
}

function isPaging(kind: string): kind is PagingKind {
  return pagingKinds.some((one) => one === kind);
}

function nextAddress(url: URL, kind: PagingKind, { nextCursor }: Part): string | null {
  if (nextCursor === null || (kind !== 'link' && kind !== 'next')) return null;
  const next = new URL(url);
  next.searchParams.set('cursor', nextCursor);
  return next.href;
}

function linkTo(first: URL, next: string | null): Record<string, string> {
  const links = [`<${first.href}>; rel="first"`, ...(next ? [`<${next}>; rel="next"`] : [])];
  return { link: links.join(', ') };
}
