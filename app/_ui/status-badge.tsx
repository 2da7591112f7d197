import { Badge } from '@mantine/core';

/** What each state of a job, a run or a source is called, and how it is coloured. */
const looks: Readonly<Record<string, readonly [label: string, color: string]>> = {
  queued: ['Queued', 'gray.7'],
  running: ['Running', 'indigo.8'],
  syncing: ['Syncing', 'indigo.8'],
  completed: ['Done', 'teal.9'],
  ok: ['Healthy', 'teal.9'],
  failed: ['Failed', 'red.9'],
  error: ['Failing', 'red.9'],
  late: ['Late', '#9a3f00'],
  rows_off: ['Unusual', '#9a3f00'],
  silent: ['Silent', 'red.9'],
  cancelled: ['Cancelled', 'gray.7'],
  idle: ['Idle', 'gray.7'],
  disabled: ['Paused', 'gray.7'],
};

/** A state in a word and a colour. */
export function StatusBadge({ status }: { status: string }) {
  const [label, color] = looks[status] ?? [status, 'gray.7'];
  return (
    <Badge color={color} radius="sm" style={{ flexShrink: 0 }}>
      {label}
    </Badge>
  );
}
