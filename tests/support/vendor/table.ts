import type { Clock } from './clock.ts';

/** What every row has, beside what a test gives it. Times are those of the vendor's clock. */
export interface VendorRow {
  readonly id: number;
  readonly created_at: string;
  readonly updated_at: string;
  /** Grows with every change of the table. */
  readonly version: number;
  readonly [name: string]: unknown;
}

type Values = Readonly<Record<string, unknown>>;

/** The rows of one of the vendor's tables, in the order in which they were made. */
export interface VendorTable {
  readonly name: string;
  /** A row with what is given; its id is the next one, its times are now, unless they are among it. */
  insert(values?: Values): VendorRow;
  /** As many rows as are asked for, `valuesOf` each, counted from 0. */
  fill(count: number, valuesOf?: (index: number) => Values): VendorRow[];
  update(id: number, values: Values): VendorRow;
  delete(id: number): void;
  rows(): VendorRow[];
}

export function tableOf(name: string, clock: Clock): VendorTable {
  const rows = new Map<number, VendorRow>();
  let lastId = 0;
  let version = 0;
  const stamp = () => {
    version += 1;
    return { updated_at: clock.now().toISOString(), version };
  };
  const insert = (values: Values = {}): VendorRow => {
    const id = typeof values.id === 'number' ? values.id : lastId + 1;
    lastId = Math.max(lastId, id);
    const row: VendorRow = { id, created_at: clock.now().toISOString(), ...stamp(), ...values };
    rows.set(id, row);
    return row;
  };
  return {
    name,
    insert,
    fill: (count, valuesOf = () => ({})) =>
      Array.from({ length: count }, (_, index) => insert(valuesOf(index))),
    update: (id, values) => {
      const before = rows.get(id);
      if (!before) throw new Error(`the vendor's table ${name} has no row ${id}`);
      const row: VendorRow = { ...before, ...stamp(), ...values };
      rows.set(id, row);
      return row;
    },
    delete: (id) => {
      if (!rows.delete(id)) throw new Error(`the vendor's table ${name} has no row ${id}`);
    },
    rows: () => [...rows.values()],
  };
}
