-- Datasets: what can be synced into and exported from. Each is a real table: built-in ones in `public`, made
-- ones in `data`. All carry the same columns of the platform, added by private.equip_dataset().
--
-- Revision order is commit order: a writing transaction raises its dataset's revision, holds that row to its
-- commit and stamps what it writes. Time stamps cannot do this.

create schema data;
revoke all on schema data from public;
grant usage on schema data to entrepot_member, authenticated, service_role;

create table public.datasets (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  name text not null check (name ~ '^[a-z][a-z0-9_]{0,62}$'),
  label text not null check (length(label) between 1 and 200),
  -- A view is the operator's own: security_invoker, read under the rights of whoever asks, and never written to.
  kind text not null check (kind in ('builtin', 'made', 'view')),
  table_schema text not null,
  table_name text not null,
  -- [{ name, type, label?, description?, currency? }] in the order of definition.
  columns jsonb not null,
  key text[] not null check (cardinality(key) > 0 or kind = 'view'),
  -- [{ name, label?, dataset, kind, columns: [{ from, to }], sameSource, builtIn? }]: which rows of others belong to a row.
  relations jsonb not null default '[]',
  revision bigint not null default 0,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, name)
);

create unique index datasets_made_table on public.datasets (table_name) where kind = 'made';
create index datasets_created_by on public.datasets (created_by);

create trigger stamp_creator before insert or update on public.datasets
  for each row execute function private.stamp_creator();
-- What a person sees of it; its revision is another matter.
create trigger touch_updated_at before update of label, columns, relations on public.datasets
  for each row execute function private.touch_updated_at();

-- Raises the dataset's revision, once a transaction, and answers it; later writers wait for our commit.
-- The setting that remembers it could be forged by SQL of the acting role's own: these policies are a second wall,
-- no sandbox, and no caller's SQL ever runs as that role.
create function private.next_revision(dataset uuid) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  setting constant text := 'entrepot.revision_' || replace(dataset::text, '-', '');
  taken bigint := nullif(current_setting(setting, true), '')::bigint;
begin
  if taken is not null then
    return taken;
  end if;
  update public.datasets d set revision = d.revision + 1
  where d.id = dataset
    and (current_setting('role', true) is distinct from 'entrepot_member'
      or (d.workspace_id = private.current_workspace() and private.may('editor')))
  returning d.revision into taken;
  if taken is null then
    raise exception 'no dataset % to write to', dataset using errcode = 'insufficient_privilege';
  end if;
  perform set_config(setting, taken::text, true);
  return taken;
end
$$;

-- Stamps rows that were written without a revision of their own: SQL by hand.
create function private.stamp_revision() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  dataset uuid;
begin
  select d.id into dataset from public.datasets d
  where d.workspace_id = new.workspace_id and d.table_name = tg_table_name and d.table_schema = tg_table_schema;
  new.revision := private.next_revision(dataset);
  if tg_op = 'INSERT' then
    new.created_revision := new.revision;
  end if;
  return new;
end
$$;

-- A row deleted by hand leaves no tombstone; the dataset's revision says that something changed.
create function private.note_removal() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.next_revision(d.id)
  from public.datasets d
  where d.table_name = tg_table_name and d.table_schema = tg_table_schema
    and d.workspace_id in (select distinct removed.workspace_id from removed);
  return null;
end
$$;

-- Gives a table of typed columns what every dataset has: identity, versions, indexes, triggers, rights, policies.
create function private.equip_dataset(target regclass) returns void
language plpgsql set search_path = '' as $$
begin
  execute format($ddl$
    alter table %1$s
      add column workspace_id uuid not null references public.workspaces (id) on delete cascade,
      add column source_id uuid not null default '00000000-0000-0000-0000-000000000000',
      add column stream text collate "C" not null default '',
      add column external_id text collate "C" not null default gen_random_uuid()::text,
      add column parent_external_id text,
      add column source_system text not null default 'manual',
      add column row_hash uuid,
      add column source_version timestamptz,
      add column synced_at timestamptz not null default now(),
      add column deleted_at timestamptz,
      add column created_revision bigint not null,
      add column revision bigint not null,
      add column extra jsonb,
      add primary key (workspace_id, source_id, stream, external_id)
  $ddl$, target);
  execute format('create index on %s (workspace_id, revision)', target);
  execute format('create index on %s (workspace_id, source_id, parent_external_id)
    where parent_external_id is not null', target);
  execute format('create trigger stamp_new before insert on %s for each row
    when (new.revision is null) execute function private.stamp_revision()', target);
  execute format('create trigger stamp_changed before update on %s for each row
    when (new.revision is not distinct from old.revision) execute function private.stamp_revision()', target);
  execute format('create trigger note_removal after delete on %s referencing old table as removed
    for each statement execute function private.note_removal()', target);
  execute format('revoke all on %s from anon, authenticated', target);
  execute format('grant select, insert, update, delete on %s to entrepot_member', target);
  execute format('grant select on %s to authenticated', target);
  execute format('grant all on %s to service_role', target);
  execute format('alter table %s enable row level security', target);
  execute format('create policy "Members see the rows of their workspace" on %s for select to entrepot_member
    using (workspace_id = (select private.current_workspace()))', target);
  execute format('create policy "The Data API shows the rows of one''s workspaces" on %s for select to authenticated
    using (workspace_id = any (array(select private.my_workspace_ids())))', target);
  execute format('create policy "Editors add rows" on %s for insert to entrepot_member
    with check (workspace_id = (select private.current_workspace()) and (select private.may(''editor'')))', target);
  execute format('create policy "Editors change rows" on %s for update to entrepot_member
    using (workspace_id = (select private.current_workspace()) and (select private.may(''editor'')))
    with check (workspace_id = (select private.current_workspace()))', target);
  execute format('create policy "Editors remove rows" on %s for delete to entrepot_member
    using (workspace_id = (select private.current_workspace()) and (select private.may(''editor'')))', target);
end
$$;

create function private.postgres_type(column_type text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return case column_type
    when 'text' then 'text'
    when 'integer' then 'bigint'
    when 'decimal' then 'numeric'
    when 'boolean' then 'boolean'
    when 'date' then 'date'
    when 'timestamp' then 'timestamptz'
    when 'json' then 'jsonb'
  end;
end
$$;

-- The value below which that share of the sorted ones lies, exactly, between two of them in proportion. (What Postgres
-- offers for that reckons in floats.)
create function private.percentile(sorted numeric[], share numeric) returns numeric
language sql immutable parallel safe set search_path = '' as $$
  select trim_scale(case
    when at = floor(at) then sorted[at::int + 1]
    else sorted[floor(at)::int + 1] + (sorted[ceil(at)::int + 1] - sorted[floor(at)::int + 1]) * (at - floor(at))
  end)
  from (select share * (cardinality(sorted) - 1)) as place (at)
$$;

-- Makes a dataset and its table in one stroke, for an editor of the acting workspace.
create function private.create_dataset(dataset_name text, dataset_label text, dataset_columns jsonb, dataset_key text[])
returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  workspace constant uuid := private.current_workspace();
  dataset constant uuid := gen_random_uuid();
  made_name constant text := 'd_' || replace(dataset::text, '-', '');
begin
  if workspace is null or not private.may('editor') then
    raise exception 'only an editor makes a dataset' using errcode = 'insufficient_privilege';
  end if;
  insert into public.datasets (id, workspace_id, name, label, kind, table_schema, table_name, columns, key)
  values (dataset, workspace, dataset_name, dataset_label, 'made', 'data', made_name, dataset_columns, dataset_key);
  execute format('create table data.%I (%s)', made_name, (
    select string_agg(format('%I %s', c ->> 'name', private.postgres_type(c ->> 'type')), ', ' order by place)
    from jsonb_array_elements(dataset_columns) with ordinality as listed (c, place)));
  perform private.equip_dataset(format('data.%I', made_name)::regclass);
  return dataset;
end
$$;

-- Lists a view of the operator's own among the datasets, for an editor of the acting workspace; its rows stay under the
-- rights of whoever reads them.
create function private.register_view(dataset_name text, dataset_label text, view_schema text, view_name text,
  dataset_columns jsonb, dataset_key text[])
returns void
language plpgsql security definer set search_path = '' as $$
begin
  if private.current_workspace() is null or not private.may('editor') then
    raise exception 'only an editor registers a view' using errcode = 'insufficient_privilege';
  end if;
  insert into public.datasets (workspace_id, name, label, kind, table_schema, table_name, columns, key)
  values (private.current_workspace(), dataset_name, dataset_label, 'view', view_schema, view_name,
    dataset_columns, dataset_key);
end
$$;

-- Takes a view off that list again; the view itself stays.
create function private.unregister_view(dataset uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if private.current_workspace() is null or not private.may('editor') then
    raise exception 'only an editor takes a view away' using errcode = 'insufficient_privilege';
  end if;
  delete from public.datasets d
  where d.id = dataset and d.workspace_id = private.current_workspace() and d.kind = 'view';
end
$$;

revoke execute on function private.next_revision(uuid), private.stamp_revision(), private.note_removal(),
  private.equip_dataset(regclass), private.postgres_type(text), private.percentile(numeric[], numeric),
  private.create_dataset(text, text, jsonb, text[]),
  private.register_view(text, text, text, text, jsonb, text[]), private.unregister_view(uuid) from public;
grant execute on function private.next_revision(uuid), private.create_dataset(text, text, jsonb, text[]),
  private.register_view(text, text, text, text, jsonb, text[]), private.unregister_view(uuid),
  private.percentile(numeric[], numeric)
  to entrepot_member;

revoke all on public.datasets from anon, authenticated;
grant select, update (label, columns, relations) on public.datasets to entrepot_member;
grant all on public.datasets to service_role;

alter table public.datasets enable row level security;

create policy "Members see the datasets of their workspace" on public.datasets
  for select to entrepot_member using (workspace_id = (select private.current_workspace()));
create policy "Editors relabel and relate datasets" on public.datasets
  for update to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')))
  with check (workspace_id = (select private.current_workspace()));
-- No policy to insert: private.create_dataset() makes the table along with the row, private.register_view() knows its view.
-- None to delete: a table's rows would be left behind; private.unregister_view() takes views away.
