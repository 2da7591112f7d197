import type { Doubt } from '#connectors/contract.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { expired } from './answer.ts';
import { bookmarkAfter } from './growing.ts';
import { anchorOf, endsUnsaid, nextPlace } from './pager.ts';
import type { AnswerRead, Pass } from './read-answer.ts';
import type { ApiCursor, Ending, Place, Standing } from './standing.ts';
import { hashOf, stepOn, type Trail } from './trail.ts';
import { halfOf, nextWindow } from './windows.ts';

/** No question is answered in more pages: a sequence that is longer has no end. */
const MAX_ANSWERS = 100_000;
const MAX_EMPTY_ANSWERS = 100;

/** Where a pass goes on after an answer, or how it ends. */
export function advance(pass: Pass, answer: AnswerRead): ApiCursor {
  const { config } = pass.source;
  const read = isCounted(pass, answer)
    ? { ...answer, standing: { ...answer.standing, counted: true } }
    : answer;
  if (isCut(pass, read)) return askForLess(pass, read);
  const place = nextPlace(config, read.facts);
  if (place) return nextAnswer(pass, read, withoutSecrets(pass, place));
  const standing = settled(pass, read);
  const { window } = standing;
  const sparse = config.cap === undefined || 2 * read.facts.rowsInAll < config.cap;
  const next = config.windows && window && nextWindow(config.windows, window, standing.began, sparse);
  return next ? { ...question(standing), window: next } : { ended: endingOf(pass, standing) };
}

/** A standing at the beginning of a question, with what the pass has learnt before. */
export function question({
  began,
  largest,
  counted,
  unmet,
}: Omit<Standing, 'rows' | 'answers' | 'empty'>): Standing {
  return {
    began,
    ...(largest !== undefined && { largest }),
    ...(counted && { counted }),
    ...(unmet !== undefined && { unmet }),
    rows: 0,
    answers: 0,
    empty: 0,
  };
}

/** Whether these rows were found by how many lie before them, and by nothing else. */
function isCounted({ source }: Pass, { standing, facts }: AnswerRead): boolean {
  const { pagination } = source.config;
  const isFurther = standing.rows > 0 && facts.rows > 0;
  const isAnchored = standing.anchor !== undefined || standing.returns !== undefined;
  return isFurther && (pagination?.by === 'page' || (pagination?.by === 'offset' && !isAnchored));
}

/** Whether the answer is as long as the API makes one, so that more may have been left out. */
function isCut({ source }: Pass, { facts }: AnswerRead): boolean {
  const { cap } = source.config;
  return cap !== undefined && (facts.total ?? facts.rowsInAll) >= cap;
}

function askForLess({ source, since }: Pass, { standing, facts }: AnswerRead): Standing {
  const { windows, cap = 0 } = source.config;
  if (windows && standing.window) {
    return {
      ...question(standing),
      window: halfOf(windows, standing.window, facts.total ?? facts.rowsInAll),
    };
  }
  if (windows && since) throw expired();
  throw new EntrepotError(
    'DATA_ERROR',
    `The API gives at most ${cap} rows and gave as many, so that some may be missing. Set windows of time, in which it can be asked for fewer at once.`,
    { fields: { 'config.cap': 'was reached' } },
  );
}

function nextAnswer({ source }: Pass, read: AnswerRead, following: Place): Standing {
  const { standing, facts, contents } = read;
  const { behind: _behind, anchor: _anchor, ...kept } = standing;
  const isEmpty = facts.rows === 0;
  const anchor = standing.counted ? undefined : anchorOf(facts.last, source.config.pagination);
  // With a row before it, by which it is known that none was passed by.
  const place = anchor === undefined ? following : { offset: facts.rowsInAll - 1 };
  const next: Standing = {
    ...kept,
    place,
    rows: facts.rowsInAll,
    answers: standing.answers + 1,
    empty: isEmpty ? standing.empty + 1 : 0,
    places: goneOn(standing.places, hashOf(place), place),
    ...(!isEmpty && { contents: goneOn(standing.contents, contents, place) }),
    ...(anchor !== undefined && { anchor }),
  };
  if (next.answers >= MAX_ANSWERS || next.empty >= MAX_EMPTY_ANSWERS) throw endless(place);
  return next;
}

function goneOn(trail: Trail | undefined, step: string, place: Place): Trail {
  const next = stepOn(trail, step);
  if (next) return next;
  throw endless(place);
}

/** The error for pages that would go on for ever. */
export function endless(place: Place | undefined): EntrepotError {
  const message =
    place && 'url' in place
      ? 'The pages of the API lead back to where they have been, so that they would never end. Check what names the next page under Pages.'
      : 'The API gives the same page again where the next one is asked for, so that the pages would never end. Check the name of the parameter under Pages.';
  return new EntrepotError('DATA_ERROR', message, {
    fields: { 'config.pagination': 'does not lead to the next page' },
  });
}

/** An API may write a key of the address into the address of the next page: it is not kept there. */
function withoutSecrets({ source }: Pass, place: Place): Place {
  const { credentials, config } = source;
  if (!('url' in place) || !credentials || !('apiKey' in credentials) || !('query' in credentials.apiKey)) {
    return place;
  }
  const url = new URL(place.url, config.url);
  url.searchParams.delete(credentials.apiKey.query);
  return { url: place.url.startsWith('/') ? url.pathname + url.search : url.href };
}

/** At the end of a question: whether it gave all that there is. */
function settled({ source }: Pass, { standing, facts }: AnswerRead): Standing {
  const { total, rowsInAll } = facts;
  if (standing.unmet !== undefined) return standing;
  if (total !== undefined && rowsInAll < total) {
    return { ...standing, unmet: `The API says that there are ${total} rows and gave ${rowsInAll}.` };
  }
  if (total !== undefined || !endsUnsaid(source.config, facts)) return standing;
  const unmet =
    'The first page was as long as a page may be, and named no next one, so that there may be more. Check the way to it under Pages.';
  return { ...standing, unmet };
}

function endingOf({ source, since }: Pass, standing: Standing): Ending {
  const { incremental } = source.config;
  const doubt = doubtOf(standing, since !== null);
  const isMet = standing.unmet === undefined;
  const bookmark = isMet && incremental ? bookmarkAfter(incremental, standing, since) : since;
  return {
    ...(doubt ? { doubt } : !since && { complete: true }),
    ...(bookmark && { bookmark }),
  };
}

function doubtOf({ unmet, counted }: Standing, changesOnly: boolean): Doubt | undefined {
  if (unmet !== undefined) return { reason: unmet, settledByAnother: false };
  if (!counted || changesOnly) return undefined;
  const reason =
    'The pages of the API are counted: a row that moved while they were read may have been missed.';
  return { reason, settledByAnother: true };
}
