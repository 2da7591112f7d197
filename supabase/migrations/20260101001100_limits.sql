-- An exact log of calls for rate limits, and a cache of responses. Neither belongs to a member: the service
-- keeps them.

create table private.rate_limit_windows (
  -- What is limited: a provider's account and operation, or a caller of ours.
  limit_key text not null,
  called_at timestamptz not null,
  id bigint generated always as identity,
  -- When it counts in none of its windows any more.
  expires_at timestamptz not null,
  primary key (limit_key, called_at, id)
);

-- Until when no call is admitted whatever the windows say: the other side has asked for that.
create table private.rate_limit_closures (
  limit_key text primary key,
  closed_until timestamptz not null
);

create table private.response_cache (
  cache_key text primary key,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  body bytea not null,
  stored_at timestamptz not null default now(),
  expires_at timestamptz not null
);

create index rate_limit_windows_expiry on private.rate_limit_windows (expires_at);
create index rate_limit_closures_expiry on private.rate_limit_closures (closed_until);
create index response_cache_workspace on private.response_cache (workspace_id, stored_at);
create index response_cache_expiry on private.response_cache (expires_at);

-- Takes one call from every window of every limit at once, or from none of any. Answers 0 where it was taken, else
-- the milliseconds until it can be. `limits` is [{ "key", "windows": [{ "calls": number, "seconds": length }] }]; by
-- the server's clock.
create function private.increment_rate_limit(limits jsonb) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  asked record;
  moment timestamptz;
  free_at timestamptz;
begin
  -- In one order everywhere, so that two who ask for the same keys never wait for each other.
  for asked in select distinct hashtextextended(l.key, 0) as lock from jsonb_to_recordset(limits) as l (key text) order by 1
  loop
    perform pg_advisory_xact_lock(asked.lock);
  end loop;
  moment := clock_timestamp();
  select max(blocking.until) into free_at from (
    select c.closed_until as until
    from jsonb_to_recordset(limits) as l (key text)
    join private.rate_limit_closures c on c.limit_key = l.key
    union all
    select nth.called_at + w.seconds * interval '1 second'
    from jsonb_to_recordset(limits) as l (key text, windows jsonb)
    cross join lateral jsonb_to_recordset(l.windows) as w (calls int, seconds numeric)
    cross join lateral (
      select r.called_at from private.rate_limit_windows r
      where r.limit_key = l.key
      order by r.called_at desc
      offset w.calls - 1 limit 1
    ) as nth
  ) as blocking;
  if free_at > moment then
    return ceil(extract(epoch from free_at - moment) * 1000);
  end if;
  for asked in
    select l.key, max(w.seconds) * interval '1 second' as longest
    from jsonb_to_recordset(limits) as l (key text, windows jsonb)
    cross join lateral jsonb_to_recordset(l.windows) as w (seconds numeric)
    group by l.key
  loop
    delete from private.rate_limit_windows r where r.limit_key = asked.key and r.called_at <= moment - asked.longest;
    insert into private.rate_limit_windows (limit_key, called_at, expires_at)
    values (asked.key, moment, moment + asked.longest);
  end loop;
  return 0;
end
$$;
revoke execute on function private.increment_rate_limit(jsonb) from public;
grant execute on function private.increment_rate_limit(jsonb) to service_role;

alter table private.rate_limit_windows enable row level security;
alter table private.rate_limit_closures enable row level security;
alter table private.response_cache enable row level security;
grant all on private.rate_limit_windows, private.rate_limit_closures, private.response_cache to service_role;
-- No policies: only the service, which passes by them, comes near these tables.
