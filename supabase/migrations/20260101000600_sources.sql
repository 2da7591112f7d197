-- Sources: configured connectors of a workspace; their credentials, readable by the service alone; the addresses
-- at which they are called; the files that people upload as sources.

create table public.external_data_sources (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  user_id uuid references auth.users (id) on delete set null,
  source_type text not null,
  display_name text not null check (length(display_name) between 1 and 200),
  enabled boolean not null default true,
  -- config_version grows when it changes.
  config jsonb not null,
  config_version int not null default 1,
  -- { stream: { dataset, fields } }; mapping_version grows when it changes.
  field_mappings jsonb not null default '{}',
  mapping_version int not null default 1,
  credentials_set boolean not null default false,
  sync_frequency text not null default 'manual' check (sync_frequency in ('realtime', 'hourly', 'daily', 'manual')),
  sync_status text not null default 'idle' check (sync_status in ('idle', 'queued', 'running', 'completed', 'failed', 'cancelled')),
  sync_error jsonb,
  last_sync_at timestamptz,
  next_sync_at timestamptz,
  -- Since when it is to be synced as often as it is now.
  scheduled_at timestamptz not null default now(),
  -- How it is doing, as far as anybody has been told, since when, and why in a sentence.
  health text not null default 'ok' check (health in ('ok', 'failed', 'late', 'rows_off', 'silent')),
  health_since timestamptz not null default now(),
  health_reason text,
  -- Whether its workspace's owners are mailed when that changes, those who want such mails.
  alert_mails boolean not null default true,
  cache_ttl_seconds int not null default 3600 check (cache_ttl_seconds >= 0),
  rate_limits jsonb,
  conflict_policy text not null default 'source_wins'
    check (conflict_policy in ('source_wins', 'local_wins', 'newest_wins', 'ask')),
  -- { dataset: policy }, for those that differ.
  conflict_policies jsonb not null default '{}',
  -- { rows, share, most }: from so many rows and that share, or from `most`, a delete waits for a person.
  delete_guard jsonb not null default '{}',
  -- { rows, share }: from so many rejects and that share of what was read, a run stops.
  reject_limit jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table private.source_credentials (
  source_id uuid primary key references public.external_data_sources (id) on delete cascade,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  key_id text not null,
  ciphertext bytea not null,
  updated_at timestamptz not null default now()
);

-- Where a source is called when something has changed there: an address whose secret part is kept as its digest.
create table public.source_webhooks (
  source_id uuid primary key references public.external_data_sources (id) on delete cascade,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  token_hash bytea not null unique check (length(token_hash) = 32),
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  called_at timestamptz,
  -- Since when a call waits for a run that begins after it.
  pending_at timestamptz
);

create table public.uploads (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  file_name text not null check (length(file_name) between 1 and 255),
  bytes bigint not null check (bytes >= 0),
  content_type text not null,
  path text not null unique,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  check (path = 'uploads/' || workspace_id || '/' || id)
);

create index external_data_sources_of_workspace on public.external_data_sources (workspace_id, created_at, id);
create index external_data_sources_user on public.external_data_sources (user_id);
create index external_data_sources_due on public.external_data_sources (next_sync_at) where enabled;
create index source_webhooks_workspace on public.source_webhooks (workspace_id);
create index source_webhooks_created_by on public.source_webhooks (created_by);
create index source_webhooks_pending on public.source_webhooks (pending_at) where pending_at is not null;
create index source_credentials_workspace on private.source_credentials (workspace_id);
create index uploads_of_workspace on public.uploads (workspace_id, created_at, id);
create index uploads_created_by on public.uploads (created_by);

create function private.stamp_source_user() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.user_id := case when tg_op = 'INSERT' then coalesce(private.acting_user(), new.user_id) else old.user_id end;
  return new;
end
$$;

create trigger stamp_source_user before insert or update on public.external_data_sources
  for each row execute function private.stamp_source_user();
create trigger touch_updated_at before update on public.external_data_sources
  for each row execute function private.touch_updated_at();
create trigger stamp_creator before insert on public.source_webhooks
  for each row execute function private.stamp_creator();
create trigger stamp_creator before insert or update on public.uploads
  for each row execute function private.stamp_creator();

-- The one way to a source's secrets; refuses every role but the service's.
create function private.get_external_source_credentials(source uuid)
returns table (workspace_id uuid, key_id text, ciphertext bytea)
language plpgsql stable security definer set search_path = '' as $$
begin
  if current_setting('role', true) is distinct from 'service_role' then
    raise exception 'credentials are read by the service alone' using errcode = 'insufficient_privilege';
  end if;
  return query
    select c.workspace_id, c.key_id, c.ciphertext from private.source_credentials c where c.source_id = source;
end
$$;

revoke execute on function private.stamp_source_user(), private.get_external_source_credentials(uuid) from public;
grant execute on function private.get_external_source_credentials(uuid) to service_role;

revoke all on public.external_data_sources, public.source_webhooks, public.uploads from anon, authenticated;
grant select, insert, update, delete on public.external_data_sources to entrepot_member;
grant select (source_id, workspace_id, created_by, created_at, called_at, pending_at),
  insert (source_id, workspace_id, token_hash), update (token_hash, created_at, pending_at), delete
  on public.source_webhooks to entrepot_member;
grant select, insert (id, workspace_id, file_name, bytes, content_type, path), delete on public.uploads
  to entrepot_member;
grant all on public.external_data_sources, public.source_webhooks, public.uploads to service_role;
grant select (source_id, workspace_id, key_id, updated_at), insert, update, delete on private.source_credentials
  to service_role;

alter table public.external_data_sources enable row level security;
alter table private.source_credentials enable row level security;
alter table public.source_webhooks enable row level security;
alter table public.uploads enable row level security;

create policy "Members see the sources of their workspace" on public.external_data_sources
  for select to entrepot_member using (workspace_id = (select private.current_workspace()));
create policy "Editors add sources" on public.external_data_sources
  for insert to entrepot_member
  with check (workspace_id = (select private.current_workspace()) and (select private.may('editor')));
create policy "Editors change sources" on public.external_data_sources
  for update to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')))
  with check (workspace_id = (select private.current_workspace()));
create policy "Editors remove sources" on public.external_data_sources
  for delete to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')));

-- private.source_credentials has no policy: only the service, which passes by, comes near it.

create policy "Members see where sources are called" on public.source_webhooks
  for select to entrepot_member using (workspace_id = (select private.current_workspace()));
create policy "Editors make such addresses" on public.source_webhooks
  for insert to entrepot_member
  with check (workspace_id = (select private.current_workspace()) and (select private.may('editor')));
create policy "Editors and jobs change them" on public.source_webhooks
  for update to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')))
  with check (workspace_id = (select private.current_workspace()));
create policy "Editors remove them" on public.source_webhooks
  for delete to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')));

create policy "Members see the uploads of their workspace" on public.uploads
  for select to entrepot_member using (workspace_id = (select private.current_workspace()));
create policy "Editors upload files" on public.uploads
  for insert to entrepot_member
  with check (workspace_id = (select private.current_workspace()) and (select private.may('editor')));
create policy "Editors remove uploads" on public.uploads
  for delete to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')));
-- No policy to update: an upload is replaced by another.
