-- Durable work. The row is the truth; the queue only rings. `seq` counts slices and is never reset; the lease's
-- token fences every write of the slice that holds it. A job may have children, for which it waits, and may wait for
-- others of its workspace; a failed one is run again as a new job that names it.

create table public.jobs (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  kind text not null,
  payload jsonb not null,
  payload_version int not null,
  -- At most one job of this key is queued or running in a workspace.
  singleton_key text,
  status text not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high')),
  due_at timestamptz not null default now(),
  -- The job that it is a part of.
  parent_id uuid,
  -- The jobs that have to be completed before it begins.
  depends_on uuid[] not null default '{}',
  -- Not to be worked on while it depends on a job that is not completed, or has a child that has not ended.
  blocked boolean not null default false,
  -- The failed job that it runs again, and how often that has been done before and with it.
  retry_of uuid,
  retry_attempt int not null default 0 check ((retry_attempt > 0) or retry_of is null),
  -- When the sweeper last rang for it.
  rung_at timestamptz,
  seq int not null default 0,
  -- Tries since the last progress that failed or ended without a word (a crash).
  attempts int not null default 0,
  lease_token uuid,
  lease_until timestamptz,
  lease_message_id text,
  lease_retried int,
  -- Since when it waits for a slot of its workspace or a place in a process; it is rung for when one is free.
  waiting_since timestamptz,
  cancel_requested_at timestamptz,
  -- A sentence, where it is not a person who has asked for that.
  cancel_reason text,
  progress jsonb not null default '{}',
  -- Grows with every visible change: the event id of the job's event stream.
  version bigint not null default 1,
  result jsonb,
  error jsonb,
  warnings jsonb not null default '[]',
  owner_id uuid references auth.users (id) on delete set null,
  created_by uuid references auth.users (id) on delete set null,
  -- Of several that one transaction queues, in their order.
  created_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  completed_at timestamptz,
  -- When what it left in Storage, having failed or been cancelled, was removed.
  cleared_at timestamptz,
  check ((status = 'running') = (lease_token is not null)),
  unique (workspace_id, id),
  foreign key (workspace_id, parent_id) references public.jobs (workspace_id, id) on delete set null (parent_id),
  foreign key (workspace_id, retry_of) references public.jobs (workspace_id, id) on delete set null (retry_of)
);

create unique index jobs_singleton on public.jobs (workspace_id, singleton_key)
  where status in ('queued', 'running');
create index jobs_due on public.jobs (due_at) where status = 'queued' and not blocked;
create index jobs_leased on public.jobs (lease_until) where status = 'running';
create index jobs_running on public.jobs (workspace_id) where status = 'running';
create index jobs_waiting on public.jobs (workspace_id, due_at) where status = 'queued' and waiting_since is not null;
create index jobs_blocked on public.jobs (workspace_id) where status = 'queued' and blocked;
create index jobs_parent on public.jobs (workspace_id, parent_id) where parent_id is not null;
create unique index jobs_retry on public.jobs (workspace_id, retry_of) where retry_of is not null;
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

revoke execute on function private.bump_version(), private.hold_job(uuid, uuid),
  private.commit_page(uuid, uuid, jsonb, interval) from public;
grant execute on function private.hold_job(uuid, uuid), private.commit_page(uuid, uuid, jsonb, interval)
  to entrepot_member;

revoke all on public.jobs from anon, authenticated;
grant select (id, workspace_id, kind, payload, payload_version, singleton_key, status, priority, due_at, parent_id,
    depends_on, blocked, retry_of, retry_attempt, seq, attempts, cancel_requested_at, progress, version, result, error,
    warnings, owner_id, created_by, created_at, started_at, completed_at),
  insert (id, workspace_id, kind, payload, payload_version, singleton_key, priority, due_at, parent_id, depends_on,
    blocked, retry_of, retry_attempt),
  update (cancel_requested_at, cancel_reason, due_at, blocked)
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
