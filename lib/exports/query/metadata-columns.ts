import type { Column } from '#lib/core/columns.ts';

/** What the platform itself knows of a row: to be chosen like the dataset's own columns, none of which has such a name. */
export const metadataColumns = [
  {
    name: '_status',
    type: 'text',
    label: 'Status',
    description:
      'Of an incremental export: “new” where the row came after the last delivery, “updated” where it was there and has changed.',
  },
  {
    name: '_identifier',
    type: 'text',
    label: 'Identifier',
    description:
      'What the row is called in its source: its key there, as a JSON array where that has several parts.',
  },
  {
    name: '_extractedAt',
    type: 'timestamp',
    label: 'Extracted at',
    description: 'When what the row holds was read from its source.',
  },
] as const satisfies readonly Column[];

export type MetadataName = (typeof metadataColumns)[number]['name'];

export function isMetadata(name: string): name is MetadataName {
  return metadataColumns.some((column) => column.name === name);
}
