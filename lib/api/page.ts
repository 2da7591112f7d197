import { notFound } from 'next/navigation';
import { isEntrepotError } from '#lib/core/errors.ts';

/** What a page reads by an id in its address; what is absent, or another workspace's, is a page that is not there. */
export async function orNotFound<Value>(read: Promise<Value>): Promise<Value> {
  try {
    return await read;
  } catch (error) {
    if (isEntrepotError(error) && error.code === 'not_found') notFound();
    throw error;
  }
}
