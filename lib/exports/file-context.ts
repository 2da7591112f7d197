import { EntrepotError } from '#lib/core/errors.ts';
import type { FileContext } from '#lib/exports/formats/contract.ts';

/** A file's context with what is not given left empty: no metadata, no further tables, no uploads, notes dropped. */
export function fileContext(given: Pick<FileContext, 'title'> & Partial<FileContext>): FileContext {
  return { metadata: {}, further: [], note: () => undefined, open: noUpload, ...given };
}

async function noUpload(upload: string): Promise<never> {
  throw new EntrepotError('invalid', `There is no uploaded file ${upload}. Upload it again.`);
}
