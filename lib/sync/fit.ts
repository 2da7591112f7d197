import type { StreamDefinition } from '#connectors/contract.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { type CompiledStream, compileStream } from '#lib/datasets/compile-stream.ts';
import { driftOf } from '#lib/datasets/drift.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { datasetsOf, type StreamMapping } from '#lib/datasets/stream-mapping.ts';
import type { OpenTarget } from './open-stream.ts';
import type { Target } from './target.ts';

/** A stream's mapping as far as it can be done: rows by target, the stream's own first. */
export interface Fit {
  readonly map: CompiledStream['map'];
  readonly targets: readonly OpenTarget[];
  /** What comes of columns that are lost, in sentences; empty where none is. */
  readonly words: string;
}

export type FitTo = (columns: readonly string[] | undefined, lost?: readonly string[]) => Fit;

type TargetOf = (dataset: Dataset, each: string | undefined, columns: Target['columns']) => OpenTarget;

/**
 * Gives what of a mapping can be done with the columns that there are, all of it where they are not known; `lost` are
 * those that it is to do without, and where absent all that are not there. The pages of one pass mostly have the same,
 * so the last answer is kept. `datasets` are in the order of `datasetsOf`.
 */
export function fitter(
  mapping: StreamMapping,
  datasets: readonly Dataset[],
  definition: StreamDefinition,
  targetOf: TargetOf,
): FitTo {
  const whole = compiled(mapping, datasets, definition, targetOf, '');
  let last: { readonly key: string; readonly fit: Fit } | undefined;
  return (columns, without) => {
    if (columns === undefined) return whole;
    const key = JSON.stringify(without ? { without } : columns);
    if (last?.key !== key) {
      const { mapping: left, lost, words } = driftOf(mapping, datasets, definition, columns, without);
      if (left === null) throw new EntrepotError('MAPPING_ERROR', words);
      last = {
        key,
        fit: lost.length > 0 ? compiled(left, datasets, definition, targetOf, words) : whole,
      };
    }
    return last.fit;
  };
}

function compiled(
  mapping: StreamMapping,
  datasets: readonly Dataset[],
  definition: StreamDefinition,
  targetOf: TargetOf,
  words: string,
): Fit {
  const byName = new Map(datasets.map((dataset) => [dataset.name, dataset]));
  const own = datasetsOf(mapping).map((name) => byName.get(name) as Dataset);
  const { map, targets } = compileStream(mapping, own, definition);
  return {
    map,
    words,
    targets: targets.map(({ each, columns }, index) => targetOf(own[index] as Dataset, each, columns)),
  };
}
