import { SLOTS } from '#lib/jobs/slots.ts';

/** How many jobs one process works on at once: more would only share its memory. No workspace has them all. */
export const PLACES = 2 * SLOTS;

let taken = 0;

/** How many jobs more this process would work on now. */
export function freePlaces(): number {
  return PLACES - taken;
}

/** Runs `work` in one of the process's places where one is free; `work` is told whether it has one. */
export async function inPlace<T>(work: (hasPlace: boolean) => Promise<T>): Promise<T> {
  if (freePlaces() === 0) return work(false);
  taken += 1;
  try {
    return await work(true);
  } finally {
    taken -= 1;
  }
}
