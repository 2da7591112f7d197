-- Sync: its runs, where each stream stands, what changed, the rows set aside, the deletes that await a person, and
-- what people changed in synced rows.

create table public.sync_runs (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  source_id uuid not null references public.external_data_sources (id) on delete cascade,
  job_id uuid references public.jobs (id) on delete set null,
  trigger text not null check (trigger in ('manual', 'schedule', 'webhook', 'api')),
  mode text not null check (mode in ('incremental', 'full', 'replay')),
  -- Shows what a sync would do, and writes no row of a dataset.
  dry_run boolean not null default false,
  status text not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
  mapping_version int not null,
  -- { stream: { read, inserted, updated, unchanged, deleted, rejected, superseded } }
  streams jsonb not null default '{}',
  -- Requests sent to the source, those among them that brought nothing, and answers that needed none.
  api_calls int not null default 0,
  wasted_calls int not null default 0,
  cache_hits int not null default 0,
  -- When the oldest of what it was read out of was answered; null where it was read from the source.
  cached_at timestamptz,
  -- [{ stream, message }]: what a person should know although the run did not fail.
  warnings jsonb not null default '[]',
  -- Whether it has read every mapped stream from its start to its end, so that its counts compare with those of
  -- other such runs.
  whole boolean not null default false,
  -- Whether objects of the run may still lie under spool/.
  spooled boolean not null default false,
  error jsonb,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  completed_at timestamptz
);

-- Where a stream stands: its present or last pass, which moves only together with the rows of a page, and where
-- the next incremental one begins.
create table public.sync_cursors (
  source_id uuid not null references public.external_data_sources (id) on delete cascade,
  stream text not null,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  run_id uuid not null references public.sync_runs (id) on delete cascade,
  mapping_version int not null,
  config_version int not null,
  -- The bookmark that the pass began at; null where it reads everything.
  since jsonb,
  cursor jsonb,
  -- The dataset's revision when the pass began: rows above it were written by the pass itself.
  from_revision bigint not null,
  -- When the pass began: the version of rows that carry none, unless it is read out of the cache.
  started_at timestamptz not null default now(),
  -- Pages stored so far, and rows among them that nobody can tell by a key.
  pages int not null default 0,
  nameless int not null default 0,
  -- The names of the source's columns in its last full pass; an incremental one adds to them.
  columns jsonb,
  -- Those that every row of the last full pass had, and of the present one so far.
  steady jsonb,
  steady_so_far jsonb,
  -- When there were no more pages; complete where they provably were all, and to be repeated where another pass that
  -- misses the same rows proves it.
  ended_at timestamptz,
  complete boolean not null default false,
  to_be_repeated boolean not null default false,
  -- Where the next incremental pass begins: the furthest that this pass has come to, and what holds since the last
  -- pass that ended. Valid for the mapping and config that it was read with.
  reached jsonb,
  bookmark jsonb,
  bookmark_mapping_version int,
  bookmark_config_version int,
  -- When a pass that read everything last ended, and which dataset's key was filled from what then.
  full_at timestamptz,
  keyed_by text,
  -- The pass as which the cache keeps this one, or out of which it is read, and then when that was answered.
  cache_pass uuid,
  cached_at timestamptz,
  -- The last pass that the cache has kept whole.
  kept_pass uuid,
  kept_at timestamptz,
  kept_config_version int,
  primary key (source_id, stream)
);

-- Which run wrote under a revision of a dataset. A row's `created_revision` finds its insertion by this, so that an
-- inserted row costs no second one.
create table public.sync_revisions (
  dataset_id uuid not null references public.datasets (id) on delete cascade,
  revision bigint not null,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  run_id uuid not null references public.sync_runs (id) on delete cascade,
  source_id uuid not null,
  stream text not null,
  created_at timestamptz not null default now(),
  primary key (dataset_id, revision)
);

-- What became of a row, field by field, by a run or by a person's hand. A run's insertions are in sync_revisions;
-- here they are only those of a dry run.
create table public.sync_changes (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  run_id uuid references public.sync_runs (id) on delete cascade,
  dataset_id uuid not null references public.datasets (id) on delete cascade,
  source_id uuid not null,
  stream text not null,
  external_id text collate "C" not null,
  operation text not null check (operation in ('inserted', 'updated', 'deleted', 'undeleted', 'edited')),
  -- { column: { before, after } }, each a text as the API shows it, or null.
  fields jsonb not null default '{}',
  revision bigint not null,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now()
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
  -- The row as it came: a JSON object where it can be replayed, with the version that it had; else what was read.
  payload text not null,
  replayable boolean not null default false,
  source_version timestamptz,
  mapping_version int not null,
  -- The replay that last tried it; resolved once its row, or a later one of its key, was taken.
  replay_run_id uuid,
  resolved_at timestamptz,
  created_at timestamptz not null default now()
);

-- The keys that each page of a pass has seen; what none has seen after a complete pass has vanished. Unlogged: lost
-- with a crash of the server, after which pages are missing and the pass does not count as complete.
create unlogged table private.sync_seen (
  run_id uuid not null,
  stream text collate "C" not null,
  page int not null,
  keys text[] not null,
  primary key (run_id, stream, page)
);

-- Rows that vanished from a source: removed at once, or held for a person where they are suspiciously many. And those
-- that a changed mapping has left behind, which no sync changes any more.
create table public.sync_deletions (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  source_id uuid not null references public.external_data_sources (id) on delete cascade,
  run_id uuid references public.sync_runs (id) on delete set null,
  dataset_id uuid not null references public.datasets (id) on delete cascade,
  stream text not null,
  -- unmapped: the stream fills this dataset no more.
  reason text not null default 'vanished' check (reason in ('vanished', 'unmapped')),
  -- planned: of a dry run. unconfirmed: waits for a second pass that agrees. superseded: a later pass knows better.
  status text not null check (status in
    ('planned', 'unconfirmed', 'held', 'applying', 'applied', 'dismissed', 'undoing', 'undone', 'superseded')),
  -- How many vanished, of how many.
  vanished int not null,
  present int not null,
  -- Only rows that nothing has written since may vanish.
  before_revision bigint not null,
  -- The version of the tombstones: when the pass began, or the mapping was changed.
  source_version timestamptz not null,
  decided_by uuid references auth.users (id) on delete set null,
  decided_at timestamptz,
  created_at timestamptz not null default now()
);

create table public.sync_deletion_rows (
  deletion_id uuid not null references public.sync_deletions (id) on delete cascade,
  external_id text collate "C" not null,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  -- The revision that removed the row; -1 where it had changed meanwhile and was kept.
  revision bigint,
  primary key (deletion_id, external_id)
);

-- What people changed in synced rows, field by field, over what the source said.
create table public.row_edits (
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  dataset_id uuid not null references public.datasets (id) on delete cascade,
  source_id uuid not null,
  stream text not null,
  external_id text collate "C" not null,
  field text not null,
  value text,
  -- What the source said when it was edited, or has said since where the edit was kept.
  base text,
  -- What the source says now, where a person is to decide between the two.
  conflict text,
  conflict_at timestamptz,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  primary key (dataset_id, source_id, stream, external_id, field)
);

create index sync_runs_of_source on public.sync_runs (source_id, created_at desc, id);
create index sync_runs_of_workspace on public.sync_runs (workspace_id, created_at desc);
create index sync_runs_job on public.sync_runs (job_id);
create index sync_runs_whole on public.sync_runs (source_id, completed_at desc) where whole and not dry_run;
create index sync_runs_spooled on public.sync_runs (source_id) where spooled;
create index sync_cursors_workspace on public.sync_cursors (workspace_id);
create index sync_runs_age on public.sync_runs (created_at);
create index sync_cursors_run on public.sync_cursors (run_id);
create index sync_revisions_of_run on public.sync_revisions (run_id);
create index sync_revisions_workspace on public.sync_revisions (workspace_id);
create index sync_changes_of_run on public.sync_changes (run_id, id);
create index sync_changes_of_row on public.sync_changes (dataset_id, external_id, id);
create index sync_changes_workspace on public.sync_changes (workspace_id);
create index sync_changes_created_by on public.sync_changes (created_by);
create index sync_changes_age on public.sync_changes (created_at);
create index sync_deletions_of_source on public.sync_deletions (source_id, stream, created_at desc);
create index sync_deletions_workspace on public.sync_deletions (workspace_id);
create index sync_deletions_run on public.sync_deletions (run_id);
create index sync_deletions_dataset on public.sync_deletions (dataset_id);
create index sync_deletions_decided_by on public.sync_deletions (decided_by);
create index sync_deletion_rows_workspace on public.sync_deletion_rows (workspace_id);
create index sync_deletion_rows_open on public.sync_deletion_rows (deletion_id, external_id) where revision is null;
create index sync_rejects_of_run on public.sync_rejects (run_id, id);
create index sync_rejects_of_source on public.sync_rejects (source_id, id);
create index sync_rejects_open on public.sync_rejects (source_id, stream, id) where resolved_at is null;
create index sync_rejects_workspace on public.sync_rejects (workspace_id);
create index row_edits_workspace on public.row_edits (workspace_id);
create index row_edits_conflicts on public.row_edits (source_id) where conflict_at is not null;
create index row_edits_created_by on public.row_edits (created_by);

-- A sync that is run again is the same run: it goes on from its last committed page, as another job.
create function private.take_over_run() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.sync_runs set job_id = new.id where job_id = new.retry_of;
  return null;
end
$$;
create trigger take_over_run after insert on public.jobs
  for each row when (new.retry_of is not null) execute function private.take_over_run();

create trigger stamp_creator before insert or update on public.row_edits
  for each row execute function private.stamp_creator();
create trigger stamp_creator before insert on public.sync_changes
  for each row when (new.run_id is null) execute function private.stamp_creator();

-- Notes the keys of a page of a run that is the acting workspace's.
create function private.note_seen(run uuid, of_stream text, of_page int, seen text[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from public.sync_runs r where r.id = run
      and r.workspace_id = (select private.current_workspace()) and (select private.may('editor'))) then
    raise exception 'no run % to write to', run using errcode = 'insufficient_privilege';
  end if;
  insert into private.sync_seen (run_id, stream, page, keys) values (run, of_stream, of_page, seen)
  on conflict (run_id, stream, page) do update set keys = excluded.keys;
end
$$;

-- How many pages of a pass have noted their keys.
create function private.seen_pages(run uuid, of_stream text) returns int
language sql stable security definer set search_path = '' as $$
  select count(*)::int from private.sync_seen s join public.sync_runs r on r.id = s.run_id
  where s.run_id = run and s.stream = of_stream and r.workspace_id = (select private.current_workspace())
$$;

-- The keys that a pass has noted, one row each and perhaps several times.
create function private.seen_keys(run uuid, of_stream text) returns setof text
language sql stable security definer set search_path = '' rows 100000 as $$
  select unnest(s.keys) from private.sync_seen s join public.sync_runs r on r.id = s.run_id
  where s.run_id = run and s.stream = of_stream and r.workspace_id = (select private.current_workspace())
$$;

-- Forgets what the passes of a run have noted.
create function private.forget_seen(run uuid) returns void
language sql security definer set search_path = '' as $$
  delete from private.sync_seen s using public.sync_runs r
  where s.run_id = run and r.id = run
    and (current_setting('role', true) = 'service_role' or r.workspace_id = (select private.current_workspace()))
$$;

revoke execute on function private.take_over_run(), private.note_seen(uuid, text, int, text[]), private.seen_pages(uuid, text),
  private.seen_keys(uuid, text), private.forget_seen(uuid) from public;
grant execute on function private.note_seen(uuid, text, int, text[]), private.seen_pages(uuid, text),
  private.seen_keys(uuid, text), private.forget_seen(uuid) to entrepot_member;
grant execute on function private.forget_seen(uuid) to service_role;

-- The tables of the member role have the same rights and policies, so they are given in one stroke.
do $$
declare
  target regclass;
begin
  foreach target in array array['public.sync_runs', 'public.sync_cursors', 'public.sync_revisions',
    'public.sync_changes', 'public.sync_rejects', 'public.sync_deletions', 'public.sync_deletion_rows',
    'public.row_edits']::regclass[]
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
