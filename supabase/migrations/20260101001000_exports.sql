-- Exports: saved definitions, the files they made, and up to which revision each has delivered.

create table public.exports (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  name text not null check (length(name) between 1 and 200),
  dataset text not null,
  definition jsonb not null,
  -- Whose rights a run has.
  owner_id uuid references auth.users (id) on delete set null,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table public.artifacts (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  export_id uuid references public.exports (id) on delete set null,
  job_id uuid references public.jobs (id) on delete set null,
  file_name text not null,
  path text not null unique,
  media_type text not null,
  bytes bigint not null,
  rows bigint not null,
  sha256 text not null,
  manifest jsonb not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  check (starts_with(path, 'artifacts/' || workspace_id || '/'))
);

-- Up to which revision of the dataset an incremental export has delivered; moves by compare-and-swap.
create table public.export_watermarks (
  export_id uuid primary key references public.exports (id) on delete cascade,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  dataset_id uuid not null references public.datasets (id) on delete cascade,
  revision bigint not null,
  -- Of a diff: source and type of each column whose cells the ledger keeps, in their order.
  ledger_columns jsonb,
  updated_at timestamptz not null default now()
);

-- The rows that a diff export has delivered, as they were then.
create table public.export_ledger (
  export_id uuid not null references public.exports (id) on delete cascade,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  row_key text collate "C" not null,
  -- SHA-256 of the key, which may be longer than an index takes.
  row_hash bytea not null,
  -- In the order of `ledger_columns`, each as the file's text.
  cells text[] not null,
  primary key (export_id, row_hash)
);

-- What a try of a diff export has found to differ from the ledger, of which it becomes part once delivered.
create table public.export_changes (
  export_id uuid not null references public.exports (id) on delete cascade,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  -- Of the slice that found it: one that was given up may end after the next has begun.
  token text not null,
  row_key text collate "C" not null,
  row_hash bytea not null,
  change text not null check (change in ('added', 'changed', 'removed')),
  -- Of a removed row, what was delivered last.
  cells text[] not null,
  -- In the order of the file.
  place bigint not null,
  primary key (export_id, token, row_hash)
);

-- What a workspace's exports hash personal data with, sealed: another one would break the pseudonyms of all deliveries.
create table private.pseudonym_secrets (
  workspace_id uuid primary key references public.workspaces (id) on delete cascade,
  key_id text not null,
  ciphertext bytea not null,
  created_at timestamptz not null default now()
);

create index exports_of_workspace on public.exports (workspace_id, created_at, id);
create index exports_owner on public.exports (owner_id);
create index exports_created_by on public.exports (created_by);
create index artifacts_of_export on public.artifacts (export_id, created_at desc, id);
create index artifacts_workspace on public.artifacts (workspace_id);
create index artifacts_job on public.artifacts (job_id);
create index artifacts_expiry on public.artifacts (expires_at);
create index export_watermarks_workspace on public.export_watermarks (workspace_id);
create index export_ledger_workspace on public.export_ledger (workspace_id);
create index export_changes_workspace on public.export_changes (workspace_id);
create index export_watermarks_dataset on public.export_watermarks (dataset_id);

create trigger stamp_creator before insert or update on public.exports
  for each row execute function private.stamp_creator();
create trigger stamp_owner before insert on public.exports
  for each row execute function private.stamp_owner();
create trigger touch_updated_at before update on public.exports
  for each row execute function private.touch_updated_at();
create trigger touch_updated_at before update on public.export_watermarks
  for each row execute function private.touch_updated_at();

-- A query whose columns of personal data are masked, whichever it showed.
create function private.mask_columns(query jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  select case when query ? 'columns' then jsonb_set(query, '{columns}', (
    select coalesce(jsonb_agg(each.of_query - 'personal' order by each.place), '[]')
    from jsonb_array_elements(query -> 'columns') with ordinality as each (of_query, place)))
  else query end
$$;

-- To show personal data is an owner's own choice: with the next owner it is masked again, until they say otherwise.
create function private.mask_for_owner() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  masked jsonb := private.mask_columns(new.definition - 'personal');
begin
  if masked ? 'tables' then
    masked := jsonb_set(masked, '{tables}', (
      select coalesce(jsonb_agg(private.mask_columns(each.of_export) order by each.place), '[]')
      from jsonb_array_elements(masked -> 'tables') with ordinality as each (of_export, place)));
  end if;
  if masked <> new.definition then
    new.definition := masked;
    insert into public.audit_log (workspace_id, action, target_id)
    values (new.workspace_id, 'export.masked', new.id);
  end if;
  return new;
end
$$;
revoke execute on function private.mask_columns(jsonb), private.mask_for_owner() from public;

create trigger mask_for_owner before update of owner_id on public.exports
  for each row when (new.owner_id is distinct from old.owner_id) execute function private.mask_for_owner();

-- What a signed link leads to; notes the download in the audit trail. The link is proof enough, and its signature
-- is checked before: for the service alone.
create function private.open_download(artifact uuid)
returns table (path text, file_name text, media_type text, bytes bigint)
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.audit_log (workspace_id, action, target_id)
  select a.workspace_id, 'artifact.downloaded', a.id from public.artifacts a where a.id = artifact;
  return query
    select a.path, a.file_name, a.media_type, a.bytes from public.artifacts a where a.id = artifact;
end
$$;
revoke execute on function private.open_download(uuid) from public;
grant execute on function private.open_download(uuid) to service_role;

revoke all on public.exports, public.artifacts, public.export_watermarks, public.export_ledger, public.export_changes
  from anon, authenticated;
grant select, delete, insert (id, workspace_id, name, dataset, definition), update (name, dataset, definition)
  on public.exports to entrepot_member;
grant select, insert on public.artifacts to entrepot_member;
grant select, insert, update, delete on public.export_watermarks, public.export_ledger, public.export_changes
  to entrepot_member;
grant all on public.exports, public.artifacts, public.export_watermarks, public.export_ledger, public.export_changes
  to service_role;
grant select, insert on private.pseudonym_secrets to service_role;

alter table public.exports enable row level security;
alter table public.artifacts enable row level security;
alter table public.export_watermarks enable row level security;
alter table public.export_ledger enable row level security;
alter table public.export_changes enable row level security;
alter table private.pseudonym_secrets enable row level security;
-- private.pseudonym_secrets has no policy: only the service, which passes by, comes near it.

create policy "Members see the exports of their workspace" on public.exports
  for select to entrepot_member using (workspace_id = (select private.current_workspace()));
create policy "Editors define exports" on public.exports
  for insert to entrepot_member
  with check (workspace_id = (select private.current_workspace()) and (select private.may('editor')));
create policy "Editors change exports" on public.exports
  for update to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')))
  with check (workspace_id = (select private.current_workspace()));
create policy "Editors remove exports" on public.exports
  for delete to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')));

create policy "Members see the artifacts of their workspace" on public.artifacts
  for select to entrepot_member using (workspace_id = (select private.current_workspace()));
create policy "Editors make artifacts" on public.artifacts
  for insert to entrepot_member
  with check (workspace_id = (select private.current_workspace()) and (select private.may('editor')));
-- No policy to update or delete: an artifact never changes, and retention removes it along with its object.

create policy "Members see how far an export has come" on public.export_watermarks
  for select to entrepot_member using (workspace_id = (select private.current_workspace()));
create policy "Editors start a watermark" on public.export_watermarks
  for insert to entrepot_member
  with check (workspace_id = (select private.current_workspace()) and (select private.may('editor')));
create policy "Editors move a watermark" on public.export_watermarks
  for update to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')))
  with check (workspace_id = (select private.current_workspace()));
create policy "Editors reset a watermark" on public.export_watermarks
  for delete to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')));

create policy "Members see what an export has delivered" on public.export_ledger
  for select to entrepot_member using (workspace_id = (select private.current_workspace()));
create policy "Editors note a delivered row" on public.export_ledger
  for insert to entrepot_member
  with check (workspace_id = (select private.current_workspace()) and (select private.may('editor')));
create policy "Editors change a delivered row" on public.export_ledger
  for update to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')))
  with check (workspace_id = (select private.current_workspace()));
create policy "Editors forget a delivered row" on public.export_ledger
  for delete to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')));

create policy "Members see what a run has found to differ" on public.export_changes
  for select to entrepot_member using (workspace_id = (select private.current_workspace()));
create policy "Editors note a difference" on public.export_changes
  for insert to entrepot_member
  with check (workspace_id = (select private.current_workspace()) and (select private.may('editor')));
create policy "Editors change a difference" on public.export_changes
  for update to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')))
  with check (workspace_id = (select private.current_workspace()));
create policy "Editors forget a difference" on public.export_changes
  for delete to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')));

-- Definitions to begin with, with what may be chosen where one is applied; those that come along are code.
create table public.export_templates (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  name text not null check (length(name) between 1 and 200),
  template jsonb not null,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index export_templates_of_workspace on public.export_templates (workspace_id, created_at, id);
create index export_templates_created_by on public.export_templates (created_by);

create trigger stamp_creator before insert or update on public.export_templates
  for each row execute function private.stamp_creator();
create trigger touch_updated_at before update on public.export_templates
  for each row execute function private.touch_updated_at();

revoke all on public.export_templates from anon, authenticated;
grant select, delete, insert (id, workspace_id, name, template), update (name, template)
  on public.export_templates to entrepot_member;
grant all on public.export_templates to service_role;

alter table public.export_templates enable row level security;

create policy "Members see the templates of their workspace" on public.export_templates
  for select to entrepot_member using (workspace_id = (select private.current_workspace()));
create policy "Editors make templates" on public.export_templates
  for insert to entrepot_member
  with check (workspace_id = (select private.current_workspace()) and (select private.may('editor')));
create policy "Editors change templates" on public.export_templates
  for update to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')))
  with check (workspace_id = (select private.current_workspace()));
create policy "Editors remove templates" on public.export_templates
  for delete to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')));
