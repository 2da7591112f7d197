import { isDeepStrictEqual } from 'node:util';
import type { ColumnType } from '#lib/core/columns.ts';
import { canBeSame } from './can-be-same.ts';
import { refuse } from './lookup.ts';
import type { Dataset } from './registry.ts';
import type { Relation } from './relation-schema.ts';

/**
 * A dataset's relations once `given` are declared: those of the platform stay in front, whether given or not. Throws
 * `invalid`, naming the place, where one of them is given otherwise than it is.
 */
export function declaredRelations(given: readonly Relation[], present: readonly Relation[]): Relation[] {
  const builtIn = present.filter((relation) => relation.builtIn);
  const own = given.filter((relation, index) => {
    const same = builtIn.find(({ name }) => name === relation.name);
    if (same && !isDeepStrictEqual({ ...relation, builtIn: true }, same)) {
      refuse(`relations.${index}.name`, 'is the name of a built-in relation, which stays as it is');
    }
    if (!same && relation.builtIn) refuse(`relations.${index}.builtIn`, 'there is no such built-in relation');
    return !same;
  });
  return [...builtIn, ...own];
}

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
  if (!canBeSame(own, other)) {
    refuse(`${path}.to`, `"${pair.from}" is ${own} and "${pair.to}" is ${other}, which are never the same`);
  }
}

function typeOf({ name, columns }: Dataset, column: string, path: string): ColumnType {
  const found = columns.find((one) => one.name === column);
  return found?.type ?? refuse(path, `the dataset "${name}" has no column "${column}"`);
}
