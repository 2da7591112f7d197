import type { CellText } from '#lib/core/columns.ts';
import { objectEncoder } from '#lib/core/json-object.ts';
import type { OutputColumn } from './contract.ts';
import { type JsonBody, placeOf } from './json-body.ts';
import { type JsonOptions, jsonValues } from './json-options.ts';
import { misfit } from './misfit.ts';

interface Level {
  readonly place: number;
  /** The text of a group up to its first row. */
  open(cell: CellText): string;
  /** The same text for values that are equal. */
  identity(cell: CellText): CellText;
}

/**
 * Groups within groups: `{ "state": "AK", "rows": [ … ] }`. Rows of the same values are one group as long as they follow
 * one another; only the group that is open is known. Throws `invalid` where a column is not there or cannot group.
 */
export function nestedBody(columns: readonly OutputColumn[], options: JsonOptions): JsonBody {
  const levels = options.groupBy.map((name, at) => levelOf(name, at, columns, options));
  const rest = columns
    .map((_, place) => place)
    .filter((place) => levels.every((level) => level.place !== place));
  const object = objectEncoder(
    rest.map((place) => columns[place] as OutputColumn),
    options.numbers,
    jsonValues(options),
  );
  const close = ']}';
  let current: CellText[] | undefined;
  return {
    row(row) {
      const keys = levels.map(({ place, identity }) => identity(row[place] ?? null));
      const same = current ? levels.findIndex((_, at) => keys[at] !== current?.[at]) : 0;
      const leaf = object(rest.map((place) => row[place] ?? null));
      if (same === -1) return `,\n${leaf}`;
      const ended = current ? `${close.repeat(levels.length - same - 1)}${close},` : '';
      current = keys;
      const opened = levels.slice(same).map(({ place, open }) => open(row[place] ?? null));
      return `${ended}\n${opened.join('')}\n${leaf}`;
    },
    end: () => `${current ? close.repeat(levels.length) : ''}\n]`,
  };
}

function levelOf(name: string, at: number, columns: readonly OutputColumn[], options: JsonOptions): Level {
  const option = `groupBy.${at}`;
  const place = placeOf(name, columns, option);
  const column = columns[place] as OutputColumn;
  if (options.groupBy.indexOf(name) < at) throw misfit(option, `"${name}" is named twice`);
  if (column.type === 'json') throw misfit(option, `"${name}" is json, which cannot be grouped by`);
  const { childrenName } = options;
  if (column.header === childrenName) {
    throw misfit('childrenName', `a column is called "${childrenName}" already`);
  }
  const object = objectEncoder([column], options.numbers, jsonValues(options));
  const list = `${JSON.stringify(childrenName)}:[`;
  return {
    place,
    open(cell) {
      const member = object([cell]).slice(0, -1);
      return `${member}${member === '{' ? '' : ','}${list}`;
    },
    // 1.5 and 1.50 are one value, and sorted as one.
    identity: column.type === 'decimal' ? withoutNoughts : (cell) => cell,
  };
}

function withoutNoughts(cell: CellText): CellText {
  return cell?.includes('.') ? cell.replace(/\.?0+$/, '') : cell;
}
