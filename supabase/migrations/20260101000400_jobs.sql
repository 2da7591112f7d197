-- Durable work. The row is the truth; the queue only rings. `seq` counts slices and is never reset; the lease's
-- token fences every write of the slice that holds it.

create table public.jobs (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  kind text not null,
  payload jsonb not null,
  payload_version int not null,
  -- At most one job of this key is queued or running in a workspace.
  singleton_key text,
  status text not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
  due_at timestamptz not null default now(),
  -- When the sweeper last rang for it.
  rung_at timestamptz,
  seq int not null default 0,
  -- Tries since the last progress that failed or ended without a word (a crash).
  attempts int not null default 0,
  lease_token uuid,
  lease_until timestamptz,
  lease_message_id text,
  lease_retried int,
  -- Since when it waits for one of its workspace's slots; nobody rings for it before one is free.
  waiting_since timestamptz,
  cancel_requested_at timestamptz,
  progress jsonb not null default '{}',
  -- Grows with every visible change: the event id of the job's event stream.
  version bigint not null default 1,
  result jsonb,
  error jsonb,
  warnings jsonb not null default '[]',
  owner_id uuid references auth.users (id) on delete set null,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  completed_at timestamptz,
  -- When what it left in Storage, having failed or been cancelled, was removed.
  cleared_at timestamptz,
  check ((status = 'running') = (lease_token is not null))
);

create unique index jobs_singleton on public.jobs (workspace_id, singleton_key)
  where status in ('queued', 'running');
create index jobs_due on public.jobs (due_at) where status = 'queued';
create index jobs_leased on public.jobs (lease_until) where status = 'running';
create index jobs_running on public.jobs (workspace_id) where status = 'running';
create index jobs_waiting on public.jobs (workspace_id, waiting_since) where status = 'queued' and waiting_since is not null;
create index jobs_of_workspace on public.jobs (workspace_id, created_at desc, id desc);
create index jobs_past on public.jobs (completed_at) where completed_at is not null;
create index jobs_uncleared on public.jobs (completed_at)
  where kind = 'export' and status in ('failed', 'cancelled') and (cleared_at is null or cleared_at < completed_at);
create index jobs_owner on public.jobs (owner_id);
create index jobs_created_by on public.jobs (created_by);

create trigger stamp_creator before insert on public.jobs
  for each row execute function private.stamp_creator();
create trigger stamp_owner before insert on public.jobs
  for each row execute function private.stamp_owner();

create function private.bump_version() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.version := old.version + 1;
  return new;
end
$$;
create trigger bump_version before update of status, progress, result, error, warnings, cancel_requested_at
  on public.jobs for each row execute function private.bump_version();

-- Locks the job for the rest of the transaction, or fails: with ENT01 where the lease is no longer the caller's,
-- with ENT02 where a person has asked for the job to be cancelled. The first statement of every writing
-- transaction of a slice: locks are taken in the order job, dataset, rows.
create function private.hold_job(job uuid, token uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  cancelled boolean;
begin
  select j.cancel_requested_at is not null into cancelled from public.jobs j
  where j.id = job and j.lease_token = token and j.status = 'running'
    and j.workspace_id = (select private.current_workspace())
  for no key update;
  if not found then
    raise exception 'the lease of job % has passed to another worker', job using errcode = 'ENT01';
  end if;
  if cancelled then
    raise exception 'job % is to be cancelled', job using errcode = 'ENT02';
  end if;
end
$$;

-- Stores a slice's progress together with what the same transaction writes, and renews the lease.
create function private.commit_page(job uuid, token uuid, new_progress jsonb, lease interval) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update public.jobs j
  set progress = j.progress || new_progress, lease_until = now() + lease, attempts = 0
  where j.id = job and j.lease_token = token and j.status = 'running'
    and j.workspace_id = (select private.current_workspace());
  if not found then
    raise exception 'the lease of job % has passed to another worker', job using errcode = 'ENT01';
  end if;
end
$$;

-- Queues a failed job once more, for an editor; gives its new turn, or null where there is nothing to retry.
create function private.retry_job(job uuid) returns int
language sql security definer set search_path = '' as $$
  update public.jobs j
  set status = 'queued', seq = j.seq + 1, attempts = 0, due_at = now(), rung_at = null,
    error = null, completed_at = null, cancel_requested_at = null
  where j.id = job and j.status = 'failed'
    and j.workspace_id = (select private.current_workspace()) and (select private.may('editor'))
  returning j.seq
$$;

revoke execute on function private.bump_version(), private.hold_job(uuid, uuid),
  private.commit_page(uuid, uuid, jsonb, interval), private.retry_job(uuid) from public;
grant execute on function private.hold_job(uuid, uuid), private.commit_page(uuid, uuid, jsonb, interval),
  private.retry_job(uuid) to entrepot_member;

revoke all on public.jobs from anon, authenticated;
grant select (id, workspace_id, kind, payload, singleton_key, status, due_at, seq, attempts, cancel_requested_at,
    progress, version, result, error, warnings, owner_id, created_by, created_at, started_at, completed_at),
  insert (id, workspace_id, kind, payload, payload_version, singleton_key, due_at),
  update (cancel_requested_at, due_at)
  on public.jobs to entrepot_member;
grant all on public.jobs to service_role;

alter table public.jobs enable row level security;

create policy "Members see the jobs of their workspace" on public.jobs
  for select to entrepot_member using (workspace_id = (select private.current_workspace()));
create policy "Editors queue jobs" on public.jobs
  for insert to entrepot_member
  with check (workspace_id = (select private.current_workspace()) and (select private.may('editor')));
create policy "Editors ask for a job to be cancelled" on public.jobs
  for update to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')))
  with check (workspace_id = (select private.current_workspace()));
-- No policy to delete: retention does. What else changes in a job is written by the runner.
