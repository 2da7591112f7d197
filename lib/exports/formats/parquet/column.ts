import { type Data, Field } from 'apache-arrow';
import type { CellText, ColumnType } from '#lib/core/columns.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { Bits } from './buffers.ts';
import { lists } from './lists.ts';
import type { ParquetOptions } from './options.ts';
import { booleans, dates, decimals, doubles, integers, texts, times, type Values } from './values.ts';

/** A column of the file: the cells of the present group of rows, and what it is in the file's schema. */
export interface Column {
  readonly field: Field;
  /** Whether its text is JSON, which Arrow does not know. */
  readonly isJson: boolean;
  /** Adds the cell of each row; throws where one cannot be held. */
  add(rows: readonly (readonly CellText[])[]): void;
  /** How much its cells take, in bytes. */
  size(): number;
  /** A view of its cells, good until the next are added. */
  data(): Data;
  clear(): void;
}

/** The column in that place of each row. */
export function column({ header, type }: OutputColumn, place: number, options: ParquetOptions): Column {
  const isList = type === 'json' && options.lists.includes(header);
  const values = valuesOf(isList ? 'list' : type, options);
  const present = new Bits();
  return {
    field: new Field(header, values.type, true),
    isJson: type === 'json' && !isList,
    add(rows) {
      for (const row of rows) {
        const cell = row[place] ?? null;
        present.push(cell !== null);
        if (cell === null) values.skip();
        else if (!values.push(cell)) throw misfit(header, cell, isList ? 'list' : type, options);
      }
    },
    size: () => values.size(),
    data: () => values.data({ length: present.length, nullCount: present.unset, nullBitmap: present.view() }),
    clear() {
      values.clear();
      present.clear();
    },
  };
}

function valuesOf(type: ColumnType | 'list', { decimals: as, decimalScale }: ParquetOptions): Values {
  if (type === 'list') return lists();
  if (type === 'integer') return integers();
  if (type === 'decimal')
    return as === 'decimal' ? decimals(decimalScale) : as === 'double' ? doubles() : texts();
  if (type === 'boolean') return booleans();
  if (type === 'date') return dates();
  if (type === 'timestamp') return times();
  return texts();
}

const SHOWN_CHARACTERS = 60;

function misfit(
  header: string,
  cell: string,
  type: ColumnType | 'list',
  { decimalScale }: ParquetOptions,
): EntrepotError {
  const advice: Partial<Record<ColumnType | 'list', string>> = {
    integer: 'which is not a whole number of 64 bits. Make the column decimal',
    decimal: `which does not fit into 38 digits with ${decimalScale} of them after the point. Choose other “Digits after the point”, or write decimals as text`,
    date: 'which is not a date of the years 1 to 9999. Leave such rows out with a filter',
    timestamp: 'which is not a time of the years 1 to 9999. Leave such rows out with a filter',
    list: 'which is not a list of plain values. Take the column off “Columns that are lists”',
  };
  const shown = type === 'list' ? 'JSON' : cell.slice(0, SHOWN_CHARACTERS);
  return new EntrepotError(
    'data_validation_failed',
    `The column “${header}” holds ${shown}, ${advice[type]}.`,
  );
}
