-- Workspaces and who belongs to them. Every other row of the product belongs to one workspace.

create table public.workspaces (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 200),
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now()
);

create table public.workspace_members (
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  role text not null check (role in ('owner', 'editor', 'viewer')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, user_id)
);

create index workspaces_created_by on public.workspaces (created_by);
create index workspace_members_user on public.workspace_members (user_id);

-- Whoever signs up gets a workspace of their own, in the same transaction.
create function private.create_personal_workspace() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  workspace uuid;
begin
  insert into public.workspaces (name, created_by)
  values (coalesce(nullif(split_part(new.email, '@', 1), ''), 'Personal'), new.id)
  returning id into workspace;
  insert into public.workspace_members (workspace_id, user_id, role) values (workspace, new.id, 'owner');
  return new;
end
$$;
revoke execute on function private.create_personal_workspace() from public;

create trigger entrepot_personal_workspace after insert on auth.users
  for each row execute function private.create_personal_workspace();

-- The workspaces of the acting user, before one of them is chosen.
create function private.my_workspaces() returns table (id uuid, name text, role text)
language sql stable security definer set search_path = '' as $$
  select w.id, w.name, m.role
  from public.workspaces w join public.workspace_members m on m.workspace_id = w.id
  where m.user_id = auth.uid()
  order by w.created_at, w.id
$$;
revoke execute on function private.my_workspaces() from public;
grant execute on function private.my_workspaces() to entrepot_member;

-- A new workspace of the acting user's, who becomes its owner.
create function private.create_workspace(workspace_name text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  workspace uuid;
begin
  if auth.uid() is null then
    raise exception 'sign in first' using errcode = 'insufficient_privilege';
  end if;
  insert into public.workspaces (name, created_by) values (workspace_name, auth.uid()) returning id into workspace;
  insert into public.workspace_members (workspace_id, user_id, role) values (workspace, auth.uid(), 'owner');
  return workspace;
end
$$;
revoke execute on function private.create_workspace(text) from public;
grant execute on function private.create_workspace(text) to entrepot_member;

revoke all on public.workspaces, public.workspace_members from anon, authenticated;
grant select, update (name) on public.workspaces to entrepot_member;
grant select, insert, update (role), delete on public.workspace_members to entrepot_member;
grant all on public.workspaces, public.workspace_members to service_role;

alter table public.workspaces enable row level security;
alter table public.workspace_members enable row level security;

create policy "Members see their workspace" on public.workspaces
  for select to entrepot_member using (id = (select private.current_workspace()));
create policy "Owners rename their workspace" on public.workspaces
  for update to entrepot_member
  using (id = (select private.current_workspace()) and (select private.may('owner')))
  with check (id = (select private.current_workspace()));
-- No policy to insert: private.create_workspace() does. None to delete: that also removes objects and secrets.

create policy "Members see the members of their workspace" on public.workspace_members
  for select to entrepot_member using (workspace_id = (select private.current_workspace()));
create policy "Owners add members" on public.workspace_members
  for insert to entrepot_member
  with check (workspace_id = (select private.current_workspace()) and (select private.may('owner')));
create policy "Owners change a member's role" on public.workspace_members
  for update to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('owner')))
  with check (workspace_id = (select private.current_workspace()));
create policy "Owners remove members" on public.workspace_members
  for delete to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('owner')));
