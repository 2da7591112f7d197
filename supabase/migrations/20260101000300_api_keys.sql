-- API keys: one workspace, one scope, never more than the present role of the member who made it. Only the
-- SHA-256 of a key is kept; the key itself is shown once.

create table public.api_keys (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  name text not null check (length(name) between 1 and 200),
  prefix text not null,
  hash bytea not null unique check (length(hash) = 32),
  scope text not null check (scope in ('read', 'write', 'admin')),
  created_by uuid not null references auth.users (id) on delete cascade,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz
);

create index api_keys_workspace on public.api_keys (workspace_id, created_at);
create index api_keys_created_by on public.api_keys (created_by);

create trigger stamp_creator before insert or update on public.api_keys
  for each row execute function private.stamp_creator();

-- A revoked key never works again.
create function private.keep_revoked() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.revoked_at := coalesce(old.revoked_at, new.revoked_at);
  return new;
end
$$;
revoke execute on function private.keep_revoked() from public;
create trigger keep_revoked before update on public.api_keys
  for each row execute function private.keep_revoked();

-- Whether the actor's own rights reach as far as a scope's.
create function private.may_give(scope text) returns boolean
language sql stable security definer set search_path = '' as $$
  select private.rank_of(scope) <= private.actor_rank()
$$;
revoke execute on function private.may_give(text) from public;
grant execute on function private.may_give(text) to entrepot_member;

-- Whose key has this hash, and the maker's present role; no row where none is live. Notes the use, at most once a
-- minute.
create function private.authenticate_api_key(key_hash bytea)
returns table (id uuid, workspace_id uuid, scope text, user_id uuid, role text)
language plpgsql security definer set search_path = '' as $$
begin
  update public.api_keys k set last_used_at = now()
  where k.hash = key_hash and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute');
  return query
    select k.id, k.workspace_id, k.scope, k.created_by, m.role
    from public.api_keys k
    join public.workspace_members m on m.workspace_id = k.workspace_id and m.user_id = k.created_by
    where k.hash = key_hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > now());
end
$$;
revoke execute on function private.authenticate_api_key(bytea) from public;
grant execute on function private.authenticate_api_key(bytea) to entrepot_member;

revoke all on public.api_keys from anon, authenticated;
grant select (id, workspace_id, name, prefix, scope, created_by, created_at, last_used_at, expires_at, revoked_at),
  insert (workspace_id, name, prefix, hash, scope, expires_at), update (name, revoked_at)
  on public.api_keys to entrepot_member;
grant all on public.api_keys to service_role;

alter table public.api_keys enable row level security;

create policy "Members see the keys of their workspace" on public.api_keys
  for select to entrepot_member using (workspace_id = (select private.current_workspace()));
create policy "Editors make keys" on public.api_keys
  for insert to entrepot_member
  with check (workspace_id = (select private.current_workspace()) and (select private.may('editor'))
    and private.may_give(scope));
create policy "Owners and the maker rename and revoke keys" on public.api_keys
  for update to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('editor'))
    and ((select private.may('owner')) or created_by = (select private.acting_user())))
  with check (workspace_id = (select private.current_workspace()));
-- No policy to delete: a revoked key stays for the audit trail.
