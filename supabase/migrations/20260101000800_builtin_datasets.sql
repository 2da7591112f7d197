-- The built-in datasets, the same in every workspace. Money and quantities are numeric; an amount's currency is
-- the row's `currency`. Relations are declared, not foreign keys: streams arrive in any order.

create table public.inventory_items (
  sku text not null,
  name text,
  description text,
  category text,
  barcode text,
  location text,
  quantity_on_hand numeric,
  quantity_available numeric,
  quantity_on_order numeric,
  reorder_point numeric,
  reorder_quantity numeric,
  unit_cost numeric,
  unit_price numeric,
  currency text,
  preferred_vendor_id text,
  lead_time_days bigint,
  active boolean
);

create table public.vendors (
  vendor_id text not null,
  name text,
  contact_name text,
  contact_email text,
  phone text,
  website text,
  address text,
  city text,
  region text,
  postal_code text,
  country text,
  currency text,
  payment_terms text,
  lead_time_days bigint,
  active boolean
);

create table public.purchase_orders (
  order_number text not null,
  vendor_id text,
  vendor_name text,
  status text,
  order_date date,
  expected_date date,
  received_date date,
  subtotal numeric,
  tax numeric,
  shipping numeric,
  total numeric,
  currency text,
  notes text
);

create table public.purchase_order_lines (
  order_number text not null,
  line_number bigint not null,
  sku text,
  description text,
  quantity numeric,
  quantity_received numeric,
  unit_cost numeric,
  line_total numeric,
  currency text,
  expected_date date
);

create table public.ledger_entries (
  entry_id text not null,
  posted_at timestamptz,
  settlement_id text,
  order_id text,
  sku text,
  marketplace text,
  transaction_type text,
  amount_type text,
  amount_description text,
  quantity numeric,
  amount numeric,
  currency text,
  case_id text
);

select private.equip_dataset(name::regclass)
from unnest(array['public.inventory_items', 'public.vendors', 'public.purchase_orders',
  'public.purchase_order_lines', 'public.ledger_entries']) as name;

-- A built-in table's columns as the registry lists them: those that are not the platform's, in their order.
create function private.typed_columns(target regclass) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
      'name', a.attname,
      'type', case format_type(a.atttypid, null)
        when 'bigint' then 'integer' when 'numeric' then 'decimal'
        when 'timestamp with time zone' then 'timestamp' when 'jsonb' then 'json'
        else format_type(a.atttypid, null) end,
      'label', upper(left(replace(a.attname, '_', ' '), 1)) || substr(replace(a.attname, '_', ' '), 2),
      'currency', case when a.attname in
        ('unit_cost', 'unit_price', 'subtotal', 'tax', 'shipping', 'total', 'line_total', 'amount') then 'currency' end
    )) order by a.attnum)
  from pg_catalog.pg_attribute a
  where a.attrelid = target and a.attnum > 0 and not a.attisdropped
    and a.attnum < (select w.attnum from pg_catalog.pg_attribute w where w.attrelid = target and w.attname = 'workspace_id')
$$;

-- A relation of the platform's own to the rows of another dataset that hold the same in that column.
create function private.relation(name text, target text, kind text, from_column text, to_column text, same_source boolean)
returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_build_object('name', name, 'dataset', target, 'kind', kind,
    'columns', jsonb_build_array(jsonb_build_object('from', from_column, 'to', to_column)), 'sameSource', same_source,
    'builtIn', true)
$$;

-- Vendors' and orders' numbers are given out by each source; a SKU is the operator's own and the same everywhere.
create function private.builtin_relations(dataset text) returns jsonb
language sql immutable set search_path = '' as $$
  select coalesce(jsonb_agg(private.relation(r.name, r.target, r.kind, r.own, r.other, r.same_source)), '[]')
  from (values
    ('inventory_items', 'vendor', 'vendors', 'one', 'preferred_vendor_id', 'vendor_id', true),
    ('inventory_items', 'order_lines', 'purchase_order_lines', 'many', 'sku', 'sku', false),
    ('inventory_items', 'ledger', 'ledger_entries', 'many', 'sku', 'sku', false),
    ('vendors', 'orders', 'purchase_orders', 'many', 'vendor_id', 'vendor_id', true),
    ('vendors', 'items', 'inventory_items', 'many', 'vendor_id', 'preferred_vendor_id', true),
    ('purchase_orders', 'lines', 'purchase_order_lines', 'many', 'order_number', 'order_number', true),
    ('purchase_orders', 'vendor', 'vendors', 'one', 'vendor_id', 'vendor_id', true),
    ('purchase_order_lines', 'order', 'purchase_orders', 'one', 'order_number', 'order_number', true),
    ('purchase_order_lines', 'item', 'inventory_items', 'one', 'sku', 'sku', false),
    ('ledger_entries', 'item', 'inventory_items', 'one', 'sku', 'sku', false)
  ) as r (dataset, name, target, kind, own, other, same_source)
  where r.dataset = builtin_relations.dataset
$$;

create function private.add_builtin_datasets() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.datasets (workspace_id, name, label, kind, table_schema, table_name, columns, key, relations)
  select new.id, b.name, b.label, 'builtin', 'public', b.name,
    private.typed_columns(format('public.%I', b.name)::regclass), b.key, private.builtin_relations(b.name)
  from (values
    ('inventory_items', 'Inventory items', array['sku']),
    ('vendors', 'Vendors', array['vendor_id']),
    ('purchase_orders', 'Purchase orders', array['order_number']),
    ('purchase_order_lines', 'Purchase order lines', array['order_number', 'line_number']),
    ('ledger_entries', 'Ledger entries', array['entry_id'])
  ) as b (name, label, key);
  return null;
end
$$;

revoke execute on function private.typed_columns(regclass),
  private.relation(text, text, text, text, text, boolean), private.builtin_relations(text),
  private.add_builtin_datasets() from public;

create trigger add_builtin_datasets after insert on public.workspaces
  for each row execute function private.add_builtin_datasets();
