import type { Column } from '#lib/core/columns.ts';
import { refuse } from './lookup.ts';
import type { Dataset } from './registry.ts';
import type { Relation } from './relation-schema.ts';

/** So many relations lead from a row to another at most. */
const MAX_STEPS = 3;

/** From the rows of one dataset to those of another. */
export interface Step {
  readonly relation: Relation;
  readonly target: Dataset;
}

/** Where a column is: the relations that lead to it, none for one of the dataset's own. */
interface Place {
  readonly steps: readonly Step[];
  readonly column: Column;
}

/**
 * Follows a name such as `lines.item.name` from a dataset to its column. Throws `invalid`, naming name and place,
 * where it leads nowhere (any more), could mean two columns, goes in a circle or too far.
 */
export function follow(name: string, dataset: Dataset, datasets: readonly Dataset[], path: string): Place {
  const [place, ...others] = placesOf(name, { here: dataset, steps: [] });
  if (!place) refuse(path, `the dataset "${dataset.name}" has no column "${name}"; ${offered(dataset)}`);
  if (others.length > 0) refuse(path, `"${name}" could be two columns: rename the relation or the column`);
  return place;

  function placesOf(rest: string, { here, steps }: { here: Dataset; steps: readonly Step[] }): Place[] {
    const own = here.columns.filter((column) => column.name === rest);
    const relations = here.relations.filter((relation) => rest.startsWith(`${relation.name}.`));
    const onward = relations.flatMap((relation) => {
      const target = targetOf(relation, [dataset, ...steps.map((step) => step.target)]);
      if (steps.length === MAX_STEPS) refuse(path, `"${name}" leads over more than ${MAX_STEPS} relations`);
      const further = [...steps, { relation, target }];
      return placesOf(rest.slice(relation.name.length + 1), { here: target, steps: further });
    });
    return [...own.map((column) => ({ steps, column })), ...onward];
  }

  function targetOf(relation: Relation, seen: readonly Dataset[]): Dataset {
    const target = datasets.find((one) => one.name === relation.dataset);
    if (!target) refuse(path, `"${relation.name}" leads to the dataset "${relation.dataset}", which is gone`);
    if (seen.some(({ id }) => id === target.id)) {
      refuse(path, `"${name}" goes in a circle: it comes to the dataset "${target.name}" a second time`);
    }
    return target;
  }
}

function offered({ columns, relations }: Dataset): string {
  const own = `choose one of ${columns.map(({ name }) => name).join(', ')}`;
  return relations.length === 0 ? own : `${own}, or follow ${relations.map(({ name }) => name).join(', ')}`;
}
