-- Who acts. Every transaction of the application takes the role `entrepot_member` and names, in settings that
-- end with it, one workspace and one actor. The functions here turn those settings into rights; every policy
-- asks them. They read tables of later migrations, so they are plpgsql, which binds late.

create schema private;
revoke all on schema private from public;
comment on schema private is 'Secrets, internals and the functions that policies ask. Never exposed by the Data API.';

do $$
begin
  if not exists (select from pg_roles where rolname = 'entrepot_member') then
    create role entrepot_member nologin noinherit;
  end if;
end
$$;
grant entrepot_member to current_user;

grant usage on schema public, private to entrepot_member;
grant usage on schema private to service_role;

-- The rank of a role or of a key's scope: the same three steps under two names.
create function private.rank_of(role_or_scope text) returns int
language sql immutable set search_path = '' as $$
  select case role_or_scope
    when 'viewer' then 1 when 'read' then 1
    when 'editor' then 2 when 'write' then 2
    when 'owner' then 3 when 'admin' then 3
    else 0
  end
$$;

-- The actor's rank in the named workspace; 0 where the actor has no business there.
-- A user counts as a member, a key as the lesser of its scope and its maker's role, a running job as an editor.
create function private.actor_rank() returns int
language plpgsql stable security definer set search_path = '' as $$
declare
  workspace constant uuid := nullif(current_setting('entrepot.workspace_id', true), '')::uuid;
  actor constant uuid := nullif(current_setting('entrepot.actor_id', true), '')::uuid;
begin
  case current_setting('entrepot.actor_kind', true)
    when 'user' then
      return coalesce((
        select private.rank_of(m.role) from public.workspace_members m
        where m.workspace_id = workspace and m.user_id = actor), 0);
    when 'api_key' then
      return coalesce((
        select least(private.rank_of(k.scope), private.rank_of(m.role))
        from public.api_keys k
        join public.workspace_members m on m.workspace_id = k.workspace_id and m.user_id = k.created_by
        where k.id = actor and k.workspace_id = workspace
          and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())), 0);
    when 'job' then
      return coalesce((
        select 2 from public.jobs j
        where j.id = actor and j.workspace_id = workspace and j.status = 'running'), 0);
    else
      return 0;
  end case;
end
$$;

-- The one workspace this transaction may see; null, hence nothing, where the actor has no business in it.
create function private.current_workspace() returns uuid
language sql stable security definer set search_path = '' as $$
  select nullif(current_setting('entrepot.workspace_id', true), '')::uuid where private.actor_rank() > 0
$$;

-- Whether the actor has at least the rights of a role.
create function private.may(role text) returns boolean
language sql stable security definer set search_path = '' as $$
  select private.actor_rank() >= private.rank_of(role)
$$;

-- The person behind the actor: the user, the key's maker, the job's owner; null where there is none.
create function private.acting_user() returns uuid
language plpgsql stable security definer set search_path = '' as $$
declare
  actor constant uuid := nullif(current_setting('entrepot.actor_id', true), '')::uuid;
begin
  case current_setting('entrepot.actor_kind', true)
    when 'user' then return actor;
    when 'api_key' then return (select k.created_by from public.api_keys k where k.id = actor);
    when 'job' then return (select j.owner_id from public.jobs j where j.id = actor);
    else return null;
  end case;
end
$$;

-- The workspaces of the signed-in user of the Data API.
create function private.my_workspace_ids() returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return query select m.workspace_id from public.workspace_members m where m.user_id = auth.uid();
end
$$;

-- `created_by` is the actor's person, whatever the caller writes, and never changes but to nobody, as that account goes.
create function private.stamp_creator() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    new.created_by := coalesce(private.acting_user(), new.created_by);
  elsif new.created_by is not null then
    new.created_by := old.created_by;
  end if;
  return new;
end
$$;

-- `owner_id` likewise when a row is made.
create function private.stamp_owner() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.owner_id := coalesce(private.acting_user(), new.owner_id);
  return new;
end
$$;

create function private.touch_updated_at() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.updated_at := now();
  return new;
end
$$;

revoke execute on all functions in schema private from public;
grant execute on function private.current_workspace(), private.may(text), private.acting_user() to entrepot_member;
grant execute on function private.my_workspace_ids() to authenticated;
