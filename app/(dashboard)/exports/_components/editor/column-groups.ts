import type { Column } from '#lib/core/columns.ts';
import { metadataColumns } from '#lib/exports/query/metadata-columns.ts';
import type { DatasetChoice, Draft } from './draft.ts';

/** The columns of the dataset itself, or of one that its relations lead to. */
export interface ColumnGroup {
  readonly label: string;
  /** Named as a definition asks for them: `vendor.name`. */
  readonly columns: readonly Column[];
}

/** Further away, columns are offered no more, though they can be asked for. */
const MAX_STEPS = 2;

/** All that an export of the dataset can ask for, its own columns first. */
export function columnGroups(dataset: DatasetChoice, datasets: readonly DatasetChoice[]): ColumnGroup[] {
  return [{ label: dataset.label, columns: dataset.columns }, ...relatedGroups(dataset, datasets)];
}

/** What can be told of each row beside its columns: of a view nothing, and its status where deliveries are compared. */
export function aboutRows(dataset: DatasetChoice | undefined, mode: Draft['mode'] = 'full'): Column[] {
  if (!dataset || dataset.kind === 'view') return [];
  return metadataColumns.filter(({ name }) => name !== '_status' || mode === 'incremental');
}

interface Way {
  readonly path: string;
  readonly labels: readonly string[];
  readonly passed: readonly string[];
}

function relatedGroups(
  from: DatasetChoice,
  datasets: readonly DatasetChoice[],
  way: Way = { path: '', labels: [], passed: [from.name] },
): ColumnGroup[] {
  return from.relations.flatMap(({ name, label = name, dataset }) => {
    const target = datasets.find((each) => each.name === dataset);
    if (!target || way.passed.includes(dataset)) return [];
    const path = `${way.path}${name}.`;
    const labels = [...way.labels, label];
    const group = labels.join(' › ');
    const columns = target.columns.map((column) => relatedColumn(column, path, group));
    const onward = { path, labels, passed: [...way.passed, dataset] };
    return [
      { label: group, columns },
      ...(labels.length < MAX_STEPS ? relatedGroups(target, datasets, onward) : []),
    ];
  });
}

function relatedColumn(column: Column, path: string, group: string): Column {
  const { name, label = name, currency } = column;
  return {
    ...column,
    name: `${path}${name}`,
    label: `${group}: ${label}`,
    ...(currency !== undefined && { currency: `${path}${currency}` }),
  };
}

/** The columns of all groups as a select lists them, under the names of their groups where there are several. */
export function groupedChoices(
  groups: readonly ColumnGroup[],
  fits: (column: Column) => boolean = () => true,
) {
  const lists = groups
    .map(({ label, columns }) => ({
      group: label,
      items: columns
        .filter(fits)
        .map((column) => ({ value: column.name, label: column.label ?? column.name })),
    }))
    .filter(({ items }) => items.length > 0);
  return lists.length > 1 ? lists : (lists[0]?.items ?? []);
}
