-- How people come into a workspace and leave it: by an invitation that they accept themselves, and by a removal
-- that says who goes on with their exports. A workspace always keeps an owner.

create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  email text not null check (email = lower(email) and length(email) between 3 and 320),
  role text not null check (role in ('owner', 'editor', 'viewer')),
  -- The SHA-256 of the token in the link, which is shown and mailed once.
  token_hash bytea not null unique check (length(token_hash) = 32),
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '7 days',
  accepted_at timestamptz,
  revoked_at timestamptz
);

-- Whoever is invited again gets a new link in place of the old one.
create unique index invitations_open on public.invitations (workspace_id, email)
  where accepted_at is null and revoked_at is null;
create index invitations_created_by on public.invitations (created_by);

create trigger stamp_creator before insert on public.invitations
  for each row execute function private.stamp_creator();

-- What has become of an invitation.
create function private.invitation_state(invitation public.invitations) returns text
language sql stable set search_path = '' as $$
  select case
    when invitation.accepted_at is not null then 'accepted'
    when invitation.revoked_at is not null then 'revoked'
    when invitation.expires_at <= now() then 'expired'
    else 'open'
  end
$$;

-- What a link offers, for whoever holds it; no row where there is no such link.
create function private.read_invitation(hash bytea)
returns table (id uuid, workspace_id uuid, workspace_name text, email text, role text, invited_by text, state text)
language sql stable security definer set search_path = '' as $$
  select i.id, i.workspace_id, w.name, i.email, i.role, coalesce(p.display_name, u.email::text),
    private.invitation_state(i)
  from public.invitations i
  join public.workspaces w on w.id = i.workspace_id
  left join auth.users u on u.id = i.created_by
  left join public.profiles p on p.user_id = i.created_by
  where i.token_hash = hash
$$;

-- Lets the signed-in person in. Answers 'joined', or why not: the invitation's state, 'unknown', 'other_address',
-- or 'unconfirmed' where the person has not shown that the address is theirs. Who is a member keeps their role.
create function private.accept_invitation(hash bytea) returns text
language plpgsql security definer set search_path = '' as $$
declare
  invitation public.invitations;
  person record;
begin
  select * into invitation from public.invitations i where i.token_hash = hash for update;
  select u.id, u.email, u.email_confirmed_at into person from auth.users u where u.id = auth.uid();
  if invitation.id is null or person.id is null then
    return 'unknown';
  elsif private.invitation_state(invitation) <> 'open' then
    return private.invitation_state(invitation);
  elsif lower(person.email) is distinct from invitation.email then
    return 'other_address';
  elsif person.email_confirmed_at is null then
    return 'unconfirmed';
  end if;
  insert into public.workspace_members (workspace_id, user_id, role)
  values (invitation.workspace_id, person.id, invitation.role)
  on conflict do nothing;
  update public.invitations i set accepted_at = now() where i.id = invitation.id;
  return 'joined';
end
$$;

-- Refuses what would leave a workspace without an owner, by ENT03. An account that is deleted takes its
-- membership along only where nobody else is left behind.
create function private.keep_an_owner() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if old.role <> 'owner' or (tg_op = 'UPDATE' and new.role = 'owner') then
    return coalesce(new, old);
  end if;
  -- Two owners who leave at the same moment do so one after the other.
  perform from public.workspaces w where w.id = old.workspace_id for no key update;
  if not found then
    return old;
  end if;
  if exists (
    select from public.workspace_members m
    where m.workspace_id = old.workspace_id and m.user_id <> old.user_id and m.role = 'owner'
  ) then
    return coalesce(new, old);
  end if;
  if not exists (select from auth.users u where u.id = old.user_id) and not exists (
    select from public.workspace_members m
    where m.workspace_id = old.workspace_id and m.user_id <> old.user_id
  ) then
    return old;
  end if;
  raise exception 'a workspace needs an owner' using errcode = 'ENT03';
end
$$;
create trigger keep_an_owner before update of role or delete on public.workspace_members
  for each row execute function private.keep_an_owner();

-- Gives exports of the acting workspace to a member who may run them, else fails with ENT04; answers how many.
create function private.give_exports(workspace uuid, heir uuid, exports uuid[]) returns int
language plpgsql security definer set search_path = '' as $$
declare
  given int;
begin
  perform from public.workspace_members m
  where m.workspace_id = workspace and m.user_id = heir and m.role in ('owner', 'editor')
  for key share;
  if not found then
    raise exception 'exports go to an owner or an editor of the workspace' using errcode = 'ENT04';
  end if;
  update public.exports e set owner_id = heir where e.workspace_id = workspace and e.id = any (exports);
  get diagnostics given = row_count;
  return given;
end
$$;

-- Takes a member, or oneself, out of the acting workspace: their keys of it never work again, their exports go to
-- the heir or, without one, pause. Answers how many exports went over; null where there is no such member.
create function private.remove_member(member uuid, heir uuid) returns int
language plpgsql security definer set search_path = '' as $$
declare
  workspace constant uuid := private.current_workspace();
  given int := 0;
begin
  if workspace is null or not (private.may('owner') or member = private.acting_user()) then
    raise exception 'an owner removes members' using errcode = 'insufficient_privilege';
  end if;
  delete from public.workspace_members m where m.workspace_id = workspace and m.user_id = member;
  if not found then
    return null;
  end if;
  update public.api_keys k set revoked_at = now()
  where k.workspace_id = workspace and k.created_by = member and k.revoked_at is null;
  if heir is not null then
    given := private.give_exports(workspace, heir, array(
      select e.id from public.exports e where e.workspace_id = workspace and e.owner_id = member));
  end if;
  return given;
end
$$;

-- The exports of the acting workspace that pause, because their owner may not run exports there any more.
create function private.paused_exports() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select e.id from public.exports e
  where e.workspace_id = (select private.current_workspace())
    and not exists (
      select from public.workspace_members m
      where m.workspace_id = e.workspace_id and m.user_id = e.owner_id and m.role in ('owner', 'editor'))
$$;

-- Gives all of those to a member, who goes on with them.
create function private.resume_exports(heir uuid) returns int
language plpgsql security definer set search_path = '' as $$
begin
  if not private.may('owner') then
    raise exception 'an owner hands exports over' using errcode = 'insufficient_privilege';
  end if;
  return private.give_exports(private.current_workspace(), heir, array(select private.paused_exports()));
end
$$;

revoke execute on function private.invitation_state(public.invitations), private.read_invitation(bytea),
  private.accept_invitation(bytea), private.keep_an_owner(), private.give_exports(uuid, uuid, uuid[]),
  private.remove_member(uuid, uuid), private.paused_exports(), private.resume_exports(uuid) from public;
grant execute on function private.read_invitation(bytea), private.accept_invitation(bytea),
  private.remove_member(uuid, uuid), private.paused_exports(), private.resume_exports(uuid) to entrepot_member;

-- People come in by accepting and go by private.remove_member(): no longer by rows written straight.
drop policy "Owners add members" on public.workspace_members;
drop policy "Owners remove members" on public.workspace_members;
revoke insert, delete on public.workspace_members from entrepot_member;

revoke all on public.invitations from anon, authenticated;
grant select (id, workspace_id, email, role, created_by, created_at, expires_at, accepted_at, revoked_at),
  insert (workspace_id, email, role, token_hash),
  update (role, token_hash, expires_at, revoked_at)
  on public.invitations to entrepot_member;
grant all on public.invitations to service_role;

alter table public.invitations enable row level security;

create policy "Owners see whom they have invited" on public.invitations
  for select to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('owner')));
create policy "Owners invite" on public.invitations
  for insert to entrepot_member
  with check (workspace_id = (select private.current_workspace()) and (select private.may('owner')));
create policy "Owners renew and revoke invitations" on public.invitations
  for update to entrepot_member
  using (workspace_id = (select private.current_workspace()) and (select private.may('owner')))
  with check (workspace_id = (select private.current_workspace()));
-- No policy to delete: what became of an invitation stays known.
