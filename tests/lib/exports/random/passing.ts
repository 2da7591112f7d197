import type { ColumnType } from '#lib/core/columns.ts';
import type { Condition, Filter } from '#lib/datasets/filter.ts';
import type { Period } from '#lib/datasets/period.ts';
import { now, type Row } from './columns.ts';
import { clockStart, compare, firstDay, later, local } from './values.ts';

type Truth = boolean | null;
type Types = ReadonlyMap<string, ColumnType>;

/** What a filter makes of a row, nothing where nothing is known. */
export function verdict(filter: Filter, row: Row, types: Types): Truth {
  if ('and' in filter) return all(filter.and.map((each) => verdict(each, row, types)));
  if ('or' in filter) return opposite(all(filter.or.map((each) => opposite(verdict(each, row, types)))));
  if ('not' in filter) return opposite(verdict(filter.not, row, types));
  const cell = row[filter.field] ?? null;
  if (filter.op === 'isNull') return (cell === null) === (filter.value !== false);
  return cell === null ? null : holds(filter, cell, types.get(filter.field) ?? 'text');
}

export function opposite(truth: Truth): Truth {
  return truth === null ? null : !truth;
}

export function all(truths: readonly Truth[]): Truth {
  return truths.includes(false) ? false : truths.includes(null) ? null : true;
}

function holds({ op, value, zone = 'UTC' }: Condition, cell: string, type: ColumnType): boolean {
  const text = String(value);
  const order = (other: unknown) => orderTo(cell, String(other), type, zone);
  switch (op) {
    case 'in':
      return (value as string[]).some((each) => order(each) === 0);
    case 'between': {
      const [from, to] = value as (string | null)[];
      return (from === null || order(from) >= 0) && (to === null || order(to) <= 0);
    }
    case 'contains':
      return cell.includes(text);
    case 'startsWith':
      return cell.startsWith(text);
    case 'endsWith':
      return cell.endsWith(text);
    case 'matches':
      return new RegExp(text.replace('(?i)', ''), text.startsWith('(?i)') ? 'iu' : 'u').test(cell);
    case 'during':
      return isDuring(cell, value as Period, type, zone);
    default:
      return {
        eq: order(text) === 0,
        ne: order(text) !== 0,
        lt: order(text) < 0,
        lte: order(text) <= 0,
        gt: order(text) > 0,
        gte: order(text) >= 0,
      }[op as 'eq'];
  }
}

/** A day or a time without an offset is compared with what the zone's clocks show. */
function orderTo(cell: string, value: string, type: ColumnType, zone: string): number {
  if (type !== 'timestamp' || /Z|[+-]\d\d:\d\d$/.test(value)) return compare(cell, value, type);
  const shown = local(Date.parse(cell), zone).slice(0, value.length);
  return compare(shown, value, 'text');
}

function isDuring(cell: string, period: Period, type: ColumnType, zone: string): boolean {
  const [unit, start, count] = stretch(period);
  const present = Date.parse(now);
  if (unit === 'minute' || unit === 'hour') {
    const length = unit === 'hour' ? 3_600_000 : 60_000;
    const from = clockStart(present, unit, zone) + start * length;
    return Date.parse(cell) >= from && Date.parse(cell) < from + count * length;
  }
  const first = firstDay(local(present, zone).slice(0, 10), unit, period.weekStart);
  const day = type === 'date' ? cell : local(Date.parse(cell), zone).slice(0, 10);
  return day >= later(first, unit, start) && day < later(first, unit, start + count);
}

function stretch(period: Period) {
  if ('this' in period) return [period.this, 0, 1] as const;
  if ('previous' in period) return [period.previous, -1, 1] as const;
  const { last, unit, includeCurrent } = period;
  return [unit, includeCurrent === false ? -last : -last + 1, last] as const;
}
