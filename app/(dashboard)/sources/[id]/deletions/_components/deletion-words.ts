import type { DeletionView } from '#lib/sync/deletions/list.ts';

type Status = DeletionView['status'];

const statuses: Readonly<Record<Status, string>> = {
  planned: 'In a dry run',
  held: 'Waits for a decision',
  applying: 'Being removed',
  applied: 'Removed',
  dismissed: 'Kept',
  undoing: 'Being brought back',
  undone: 'Brought back',
  superseded: 'Out of date',
};

const explanations: Readonly<Record<Status, string>> = {
  planned: 'A dry run found them gone. A sync would decide about them; nothing was removed.',
  held: 'So many at once may be a fault of the source, so they were not removed. Nothing happens until somebody decides.',
  applying: 'They are being removed from the dataset.',
  applied: 'They were removed from the dataset. Undo brings them back as they were.',
  dismissed: 'They were kept. They stay until the source has shown them once more and then lost them again.',
  undoing: 'They are being brought back.',
  undone:
    'They were brought back. They stay until the source has shown them once more and then lost them again.',
  superseded: 'A later sync has looked again, or the mapping was changed, and what came later counts.',
};

const HELD_UNMAPPED =
  'The mapping fills this dataset from the stream no more, so no sync changes them. They stay as they are until somebody decides.';

/** What became of a delete, in a word or two. */
export function statusOf({ status }: Pick<DeletionView, 'status'>): string {
  return statuses[status];
}

/** What became of a delete, and what that means. */
export function explanationOf({ status, reason }: Pick<DeletionView, 'status' | 'reason'>): string {
  return status === 'held' && reason === 'unmapped' ? HELD_UNMAPPED : explanations[status];
}

export type Gone = Pick<DeletionView, 'vanished' | 'present' | 'reason'>;

/** How many rows are gone: `12 of 40 rows are gone from the source`, or left behind by the mapping. */
export function goneInWords({ vanished, present, reason }: Gone, number: (value: number) => string): string {
  if (reason === 'unmapped')
    return `The mapping has left ${number(vanished)} ${vanished === 1 ? 'row' : 'rows'} behind`;
  const verb = vanished === 1 ? 'is' : 'are';
  return `${number(vanished)} of ${number(present)} ${present === 1 ? 'row' : 'rows'} ${verb} gone from the source`;
}

/** Whether a job is at work on it. */
export function isUnderWay({ status }: Pick<DeletionView, 'status'>): boolean {
  return status === 'applying' || status === 'undoing';
}
