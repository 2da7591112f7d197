-- Sync: its runs, where each stream stands, what a run changed, and the rows it set aside.

create table public.sync_runs (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  source_id uuid not null references public.external_data_sources (id) on delete cascade,
  job_id uuid references public.jobs (id) on delete set null,
  trigger text not null check (trigger in ('manual', 'schedule', 'webhook', 'api')),
  mode text not null check (mode in ('incremental', 'full')),
  status text not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
  mapping_version int not null,
  -- { stream: { read, inserted, updated, unchanged, deleted, rejected, superseded } }
  streams jsonb not null default '{}',
  -- Whether objects of the run may still lie under spool/.
  spooled boolean not null default false,
  error jsonb,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  completed_at timestamptz
);

-- Where a stream's present pass stands; moves only together with the rows of a page.
create table public.sync_cursors (
  source_id uuid not null references public.external_data_sources (id) on delete cascade,
  stream text not null,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  run_id uuid not null references public.sync_runs (id) on delete cascade,
  mapping_version int not null,
  cursor jsonb,
  -- The dataset's revision when the pass began: rows above it were written by the pass itself.
  from_revision bigint not null,
  -- When the pass first asked the source: the version of rows that carry none.
  started_at timestamptz not null default now(),
  -- When there were no more pages; complete where they provably were all.
  ended_at timestamptz,
  complete boolean not null default false,
  primary key (source_id, stream)
);

create table public.sync_changes (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  run_id uuid not null references public.sync_runs (id) on delete cascade,
  dataset_id uuid not null references public.datasets (id) on delete cascade,
  source_id uuid not null,
  stream text not null,
  external_id text not null,
  operation text not null check (operation in ('inserted', 'updated', 'deleted', 'undeleted')),
  -- { column: { before, after } }
  fields jsonb not null default '{}',
  revision bigint not null,
  at timestamptz not null default now()
);

create table public.sync_rejects (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  source_id uuid not null references public.external_data_sources (id) on delete cascade,
  run_id uuid not null references public.sync_runs (id) on delete cascade,
  stream text not null,
  -- Where the row starts in the body it came from, counted from 1.
  line bigint,
  external_id text,
  field text,
  reason text not null,
  value text,
  payload text not null,
  mapping_version int not null,
  resolved_at timestamptz,
  created_at timestamptz not null default now()
);

-- The keys that a pass has seen; what was not seen after a complete pass has vanished. Unlogged: lost with a
-- crash of the server, after which the pass does not count as complete.
create unlogged table private.sync_seen (
  run_id uuid not null,
  stream text collate "C" not null,
  external_id text collate "C" not null,
  primary key (run_id, stream, external_id)
);

-- What people changed in synced rows, field by field, over what the source said.
create table public.row_edits (
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  dataset_id uuid not null references public.datasets (id) on delete cascade,
  source_id uuid not null,
  stream text not null,
  external_id text not null,
  field text not null,
  value text,
  base text,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  primary key (dataset_id, source_id, stream, external_id, field)
);

create index sync_runs_of_source on public.sync_runs (source_id, created_at desc, id);
create index sync_runs_of_workspace on public.sync_runs (workspace_id, created_at desc);
create index sync_runs_job on public.sync_runs (job_id);
create index sync_runs_spooled on public.sync_runs (source_id) where spooled;
create index sync_cursors_workspace on public.sync_cursors (workspace_id);
create index sync_cursors_run on public.sync_cursors (run_id);
create index sync_changes_of_run on public.sync_changes (run_id, id);
create index sync_changes_of_row on public.sync_changes (dataset_id, external_id, id);
create index sync_changes_workspace on public.sync_changes (workspace_id);
create index sync_rejects_of_run on public.sync_rejects (run_id, id);
create index sync_rejects_of_source on public.sync_rejects (source_id, id);
create index sync_rejects_workspace on public.sync_rejects (workspace_id);
create index row_edits_workspace on public.row_edits (workspace_id);
create index row_edits_created_by on public.row_edits (created_by);

create trigger stamp_creator before insert or update on public.row_edits
  for each row execute function private.stamp_creator();

-- The five tables of the member role have the same rights and policies, so they are given in one stroke.
do $$
declare
  target regclass;
begin
  foreach target in array array['public.sync_runs', 'public.sync_cursors', 'public.sync_changes',
    'public.sync_rejects', 'public.row_edits']::regclass[]
  loop
    execute format('revoke all on %s from anon, authenticated', target);
    execute format('grant select, insert, update, delete on %s to entrepot_member', target);
    execute format('grant all on %s to service_role', target);
    execute format('alter table %s enable row level security', target);
    execute format('create policy "Members see the sync history of their workspace" on %s for select
      to entrepot_member using (workspace_id = (select private.current_workspace()))', target);
    execute format('create policy "Editors and jobs add to it" on %s for insert to entrepot_member
      with check (workspace_id = (select private.current_workspace()) and (select private.may(''editor'')))', target);
    execute format('create policy "Editors and jobs change it" on %s for update to entrepot_member
      using (workspace_id = (select private.current_workspace()) and (select private.may(''editor'')))
      with check (workspace_id = (select private.current_workspace()))', target);
    execute format('create policy "Editors and jobs remove from it" on %s for delete to entrepot_member
      using (workspace_id = (select private.current_workspace()) and (select private.may(''editor'')))', target);
  end loop;
end
$$;

alter table private.sync_seen enable row level security;
grant all on private.sync_seen to service_role;
-- private.sync_seen has no policy: it is written and read by definer functions and the service alone.
