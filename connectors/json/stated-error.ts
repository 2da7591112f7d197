import { EntrepotError } from '#lib/core/errors.ts';
import type { Beside } from './beside.ts';
import type { JsonConfig } from './definition.ts';

/** So much is shown of what an API says went wrong. */
const SHOWN_CHARS = 300;

/** Where an answer says that something went wrong, although its status is 200. */
export function errorPaths({ errorPath, rowsPath, layout }: JsonConfig): string[] {
  const own = errorPath ? [errorPath] : [];
  // Without a path, the names of such a document are those of the columns.
  return layout === 'columns' && !rowsPath ? own : [...own, 'error', 'errors'];
}

/** Throws `DATA_ERROR` with what the answer says of itself, where it says anything. */
export function refuseStatedError(beside: Beside, config: JsonConfig): void {
  for (const path of errorPaths(config)) {
    const stated = beside.at(path);
    if (isError(stated)) throw statedError(JSON.stringify(stated));
  }
}

/** Throws `DATA_ERROR` where an answer begins as a sentence does, and not as rows do. */
export function refuseSentence(start: string): void {
  const text = start.trim();
  if (!/^(?:"|[a-z](?!(?:ull|rue|alse)\b))/i.test(text)) return;
  const shown = JSON.stringify(text.replace(/^"|"$/g, '').slice(0, SHOWN_CHARS));
  throw new EntrepotError(
    'DATA_ERROR',
    `The address answers with a text instead of rows: ${shown}. Check the address and what the account may see.`,
  );
}

/** `"errors": []`, `"error": null` and the like say that all is well. */
function isError(stated: unknown): boolean {
  if (typeof stated !== 'object' || stated === null) return Boolean(stated) && stated !== '0';
  return JSON.isRawJSON(stated) ? Number(stated.rawJSON) !== 0 : Object.keys(stated).length > 0;
}

function statedError(text: string): EntrepotError {
  const shown = text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
  return new EntrepotError(
    'DATA_ERROR',
    `The answer holds an error: ${shown}. Nothing of it can be relied on.`,
  );
}
