import { expect } from 'vitest';
import { bodyOf, cutAt, readAll } from '#tests/connectors/reading.ts';

/** What the connector reads of an uploaded text, cut at the given offsets. */
export async function read(text: string, config: Record<string, unknown> = {}, cuts: readonly number[] = []) {
  return readAll('json', { upload: 'file', ...config }, bodyOf(cutAt(text, cuts)));
}

/** The sentence of the `DATA_ERROR` that reading the text ends with. */
export async function failure(text: string, config: Record<string, unknown> = {}): Promise<string> {
  const error = await read(text, config).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'DATA_ERROR' });
  return (error as Error).message;
}

/** Cuts it into chunks of a byte. */
export const everywhere = Array.from({ length: 2_000 }, (_, index) => index);
