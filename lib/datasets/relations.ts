import type { ColumnType } from '#lib/core/columns.ts';
import { refuse } from './lookup.ts';
import type { Dataset } from './registry.ts';
import type { Relation } from './relation-schema.ts';

/** Throws `invalid`, naming the place, where relations do not fit the datasets that they connect. */
export function checkRelations(relations: readonly Relation[], from: Dataset, all: readonly Dataset[]): void {
  for (const [index, relation] of relations.entries()) {
    const path = `relations.${index}`;
    const to = all.find(({ name }) => name === relation.dataset);
    if (!to) refuse(`${path}.dataset`, `there is no dataset named "${relation.dataset}"`);
    if (to.id === from.id) refuse(`${path}.dataset`, 'a dataset cannot be related to itself');
    if (relation.sameSource && [from, to].some(({ kind }) => kind === 'view')) {
      refuse(`${path}.sameSource`, 'the rows of a view are of no source');
    }
    for (const [place, pair] of relation.columns.entries()) {
      checkPair(pair, from, to, `${path}.columns.${place}`);
    }
  }
}

function checkPair(pair: Relation['columns'][number], from: Dataset, to: Dataset, path: string): void {
  const [own, other] = [typeOf(from, pair.from, `${path}.from`), typeOf(to, pair.to, `${path}.to`)];
  const areNumbers = [own, other].every((type) => type === 'integer' || type === 'decimal');
  if (own === 'json' || (own !== other && !areNumbers)) {
    refuse(`${path}.to`, `"${pair.from}" is ${own} and "${pair.to}" is ${other}, which are never the same`);
  }
}

function typeOf({ name, columns }: Dataset, column: string, path: string): ColumnType {
  const found = columns.find((one) => one.name === column);
  return found?.type ?? refuse(path, `the dataset "${name}" has no column "${column}"`);
}
