/** The platform's own columns, which every dataset has beside its typed ones. */
export const platformColumns: ReadonlySet<string> = new Set([
  'workspace_id',
  'source_id',
  'stream',
  'external_id',
  'parent_external_id',
  'source_system',
  'row_hash',
  'source_version',
  'synced_at',
  'deleted_at',
  'created_revision',
  'revision',
  'extra',
]);

/** Postgres' own, which every table has. */
export const systemColumns: ReadonlySet<string> = new Set([
  'tableoid',
  'xmin',
  'cmin',
  'xmax',
  'cmax',
  'ctid',
]);

const LONGEST_NAME = 50;

/** A name for datasets and columns made of what a person calls them: `Zip Code` becomes `zip_code`. */
export function machineName(label: string, otherwise: string): string {
  const plain = label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .slice(0, LONGEST_NAME);
  return /^[a-z]/.test(plain) ? plain : plain === '' ? otherwise : `${otherwise}_${plain}`;
}

/** A name that is not among those taken: with a number after it where it is. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}_${count}`;
  return free;
}

/** Names for columns of these labels, in their order: each once, and none of the platform's. */
export function columnNames(labels: readonly string[]): string[] {
  const taken = new Set([...platformColumns, ...systemColumns]);
  return labels.map((label, index) => {
    const name = freeName(machineName(label, `column_${index + 1}`), taken);
    taken.add(name);
    return name;
  });
}
