-- What was done, by whom, when: one row a mutation, written in its transaction, never changed.

create table public.audit_log (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  at timestamptz not null default now(),
  actor_kind text not null,
  actor_id uuid,
  user_id uuid,
  -- A verb of the domain: source.created, export.run, artifact.downloaded.
  action text not null,
  target_id uuid,
  details jsonb not null default '{}'
);

create index audit_log_of_workspace on public.audit_log (workspace_id, at desc, id desc);

create function private.stamp_audit_actor() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.actor_kind := coalesce(nullif(current_setting('entrepot.actor_kind', true), ''), 'system');
  new.actor_id := nullif(current_setting('entrepot.actor_id', true), '')::uuid;
  new.user_id := private.acting_user();
  new.at := now();
  return new;
end
$$;
revoke execute on function private.stamp_audit_actor() from public;

create trigger stamp_audit_actor before insert on public.audit_log
  for each row execute function private.stamp_audit_actor();

revoke all on public.audit_log from anon, authenticated, service_role;
grant select, insert (workspace_id, action, target_id, details) on public.audit_log to entrepot_member;
grant select, insert on public.audit_log to service_role;

alter table public.audit_log enable row level security;

create policy "Editors read the audit trail" on public.audit_log
  for select to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor')));
create policy "Whoever acts leaves a trace" on public.audit_log
  for insert to entrepot_member with check (workspace_id = (select private.current_workspace()));
-- No policy to update or delete: the trail is append-only.
