-- How a person wants to be called, in which time zone they read times, and what they want to be mailed. A profile
-- belongs to the person, not to a workspace: it is reached by functions alone, for oneself and for those one shares a
-- workspace with.

create table public.profiles (
  user_id uuid primary key references auth.users (id) on delete cascade,
  display_name text check (length(display_name) between 1 and 200),
  -- An IANA name; null: the zone of the device at hand.
  time_zone text check (length(time_zone) between 1 and 100),
  -- Whether to be told by mail how the sources of workspaces are doing that the person owns.
  alert_mails boolean not null default true,
  updated_at timestamptz not null default now()
);

create trigger touch_updated_at before update on public.profiles
  for each row execute function private.touch_updated_at();

-- The signed-in person's own profile; no row where nothing was ever set.
create function private.my_profile() returns table (display_name text, time_zone text, alert_mails boolean)
language sql stable security definer set search_path = '' as $$
  select p.display_name, p.time_zone, p.alert_mails from public.profiles p where p.user_id = auth.uid()
$$;

-- Replaces it. Fails with 22023 where Postgres does not know the zone: schedules will run in it.
create function private.save_my_profile(new_name text, new_zone text, new_alert_mails boolean) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform now() at time zone new_zone;
  insert into public.profiles (user_id, display_name, time_zone, alert_mails)
  values (auth.uid(), new_name, new_zone, new_alert_mails)
  on conflict (user_id) do update set display_name = excluded.display_name, time_zone = excluded.time_zone,
    alert_mails = excluded.alert_mails;
end
$$;

-- Who belongs to the acting workspace, and how to reach them.
create function private.workspace_people()
returns table (
  user_id uuid, email text, display_name text, role text, joined_at timestamptz, alert_mails boolean
)
language sql stable security definer set search_path = '' as $$
  select m.user_id, u.email::text, p.display_name, m.role, m.created_at, coalesce(p.alert_mails, true)
  from public.workspace_members m
  join auth.users u on u.id = m.user_id
  left join public.profiles p on p.user_id = m.user_id
  where m.workspace_id = (select private.current_workspace())
  order by m.created_at, m.user_id
$$;

revoke execute on function private.my_profile(), private.save_my_profile(text, text, boolean), private.workspace_people()
  from public;
grant execute on function private.my_profile(), private.save_my_profile(text, text, boolean), private.workspace_people()
  to entrepot_member;

revoke all on public.profiles from anon, authenticated;
grant all on public.profiles to service_role;

alter table public.profiles enable row level security;
-- No policies: the functions above are the only way in.
