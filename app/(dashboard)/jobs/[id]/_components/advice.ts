import type { JobView } from '#lib/jobs/jobs.ts';

const advice: Readonly<Record<string, string>> = {
  AUTH_FAILED: 'Open the source and enter credentials that the other side accepts.',
  RATE_LIMITED: 'The other side takes no more calls for now. Wait some minutes.',
  NETWORK_ERROR: 'The other side could not be reached. Check the address, and whether it is up.',
  REQUEST_REFUSED: 'Check the address of the source: the other side will not give what is asked for there.',
  DATA_ERROR: 'What came back is not the data that was asked for. Preview the source to see what it gives.',
  MAPPING_ERROR: 'Look at the mapping of the source, and save it as it should be.',
  destination_unavailable: 'Check the destination, or wait until it is up again.',
  data_validation_failed: 'Look at the data that the message names.',
  invalid: 'Change what the message names.',
  forbidden: 'Ask an owner of the workspace for the rights that the message names.',
  not_found: 'What the job works for is gone. Make it anew if it is still wanted.',
  too_large: 'Make it smaller: fewer rows or columns, or several parts.',
  unavailable: 'A part of the product did not answer. See Settings, Health.',
};

const OTHERWISE = 'This should not have happened, and the log says more. It may pass by itself.';

/** What a person can do about a failed job, before it is run again. */
export function adviceFor({ error }: Pick<JobView, 'error'>): string {
  return advice[error?.code ?? ''] ?? OTHERWISE;
}
