import type { Page } from '#connectors/contract.ts';
import { isEntrepotError } from '#lib/core/errors.ts';
import { advance, endless, question } from './advance.ts';
import { type ApiSource, expired, saysExpired } from './answer.ts';
import { type Bookmark, reachBack, requireOwn } from './growing.ts';
import { type Pass, readAnswer } from './read-answer.ts';
import type { ApiCursor, Standing } from './standing.ts';
import { firstWindow } from './windows.ts';

/** So often, in one question, rows may have moved; after that they are counted and nothing more. */
const MAX_RETURNS = 20;
/** So much of a page is read once more where rows have moved: they move by a few. */
const RETURNED_SHARE = 0.25;

/**
 * The pages of an API, answer by answer, in flat memory; each page's cursor is enough to go on from. An answer
 * has one page, or more where it is longer than a page may be.
 */
export async function* apiPages(source: ApiSource, cursor: unknown, since: unknown): AsyncGenerator<Page> {
  const pass: Pass = { source, since: bookmarkOf(source, since) };
  let at = (cursor as ApiCursor | null) ?? beginning(pass);
  if ('ended' in at) yield { rows: [], cursor: at, ...at.ended };
  while (!('ended' in at)) {
    const read = yield* knowingExpiry(pass, readAnswer(pass, at));
    if ('moved' in read) at = askedAgain(pass, at, read.moved);
    else {
      at = advance(pass, read);
      yield { ...read.page, cursor: at, ...('ended' in at && at.ended) };
    }
  }
}

function bookmarkOf({ config }: ApiSource, since: unknown): Bookmark | null {
  return config.incremental && since ? requireOwn(since, config.incremental) : null;
}

function beginning({ source, since }: Pass): Standing {
  const { windows, incremental } = source.config;
  const began = source.context.now().toISOString();
  const start = question({ began });
  if (!windows) return start;
  if (!since || !incremental) return { ...start, window: firstWindow(windows, began) };
  // Where windows go by what changes do too, those are read in windows as well.
  const isTimed = incremental.type === 'timestamp' || incremental.type === 'date';
  if (!isTimed || incremental.parameter !== windows.from) return start;
  return { ...start, window: firstWindow(windows, began, reachBack(incremental, since)) };
}

/** The same answer from its start, where a part of it lay behind; else from some rows before it. */
function askedAgain({ source }: Pass, standing: Standing, moved: string): Standing {
  const { behind, contents: _contents, places: _places, ...kept } = standing;
  const returns = (standing.returns ?? 0) + 1;
  if (behind) return { ...kept, returns };
  if (moved === standing.head) throw endless(standing.place);
  const { anchor: _anchor, ...free } = kept;
  if (returns > MAX_RETURNS) return { ...free, place: { offset: standing.rows }, counted: true, returns };
  const pageRows = source.config.pageSize?.rows ?? standing.rows / standing.answers;
  const offset = Math.max(standing.rows - Math.ceil(RETURNED_SHARE * pageRows), 0);
  return { ...free, place: { offset }, rows: offset, returns };
}

/** Translates an error of an answer by which the API says that it keeps no changes from so far back. */
async function* knowingExpiry<Read>(
  pass: Pass,
  pages: AsyncGenerator<Page, Read>,
): AsyncGenerator<Page, Read> {
  try {
    return yield* pages;
  } catch (error) {
    const isStated = pass.since && isEntrepotError(error) && saysExpired(pass.source.config, error.message);
    throw isStated ? expired(error) : error;
  }
}
