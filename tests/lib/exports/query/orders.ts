import { randomUUID } from 'node:crypto';
import { type Dataset, findDataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { freshGround, type Ground } from '#tests/lib/exports/arrange.ts';
import { signUp } from '#tests/support/people.ts';

const [finale, quickbooks] = [randomUUID(), randomUUID()];

interface Orders {
  readonly ground: Ground;
  readonly orders: Dataset;
  readonly lines: Dataset;
  readonly items: Dataset;
}

/** Orders of two sources with their vendors, lines and items; another workspace holds the same keys. */
export async function layOrders(): Promise<Orders> {
  const ground = await freshGround();
  await fill(ground, ground.session.workspaceId);
  await fill(ground, (await signUp(ground.admin)).workspaceId, 'theirs ');
  const named = (name: string) => asMember(ground.session, (tx) => findDataset(tx, name));
  return {
    ground,
    orders: await named('purchase_orders'),
    lines: await named('purchase_order_lines'),
    items: await named('inventory_items'),
  };
}

async function fill({ admin }: Ground, workspace: string, mark = ''): Promise<void> {
  const into = async (table: string, columns: string, rows: readonly (readonly unknown[])[]) => {
    for (const [source, ...row] of rows) {
      const values = row.map((_, at) => `$${at + 3}`);
      await admin.query(
        `insert into ${table} (workspace_id, source_id, ${columns}) values ($1, $2, ${values})`,
        [workspace, source, ...row],
      );
    }
  };
  await into('vendors', 'external_id, vendor_id, name, country, deleted_at', [
    [finale, 'a', 'V1', `${mark}Acme`, 'US', null],
    [finale, 'b', 'V1', `${mark}Acme again`, 'FR', null],
    [quickbooks, 'a', 'V1', `${mark}Zeta`, 'DE', null],
    [finale, 'c', 'V2', `${mark}Gone`, 'US', '2024-01-01'],
    [finale, 'd', 'V3', `${mark}Idle`, null, null],
  ]);
  await into('purchase_orders', 'external_id, order_number, vendor_id, total, currency', [
    [finale, '1', 'PO-1', 'V1', '100.00', 'USD'],
    [finale, '2', 'PO-2', 'V2', '50.00', 'USD'],
    [finale, '3', 'PO-3', null, '7.00', 'EUR'],
    [quickbooks, '1', 'PO-1', 'V1', '1000.00', 'EUR'],
  ]);
  await into('purchase_order_lines', 'external_id, order_number, line_number, sku, line_total, currency', [
    [finale, '1', 'PO-1', 1, 'A', '60.00', 'USD'],
    [finale, '2', 'PO-1', 2, 'B', '40.00', 'USD'],
    [finale, '3', 'PO-2', 1, 'A', '50.00', 'USD'],
    [quickbooks, '1', 'PO-1', 1, 'A', '1000.00', 'EUR'],
    [finale, '4', 'PO-9', 1, 'C', '1.00', 'USD'],
  ]);
  await into('inventory_items', 'external_id, sku, name, preferred_vendor_id', [
    [finale, '1', 'A', `${mark}Anvil`, 'V1'],
    [finale, '2', 'B', `${mark}Bolt`, null],
  ]);
}
