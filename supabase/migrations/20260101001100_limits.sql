-- An exact log of calls for rate limits, and a cache of responses. Neither belongs to a member: the service
-- keeps them.

create table private.rate_limit_windows (
  -- What is limited: a provider's account and operation, or a caller of ours.
  limit_key text not null,
  called_at timestamptz not null,
  id bigint generated always as identity,
  primary key (limit_key, called_at, id)
);

create table private.response_cache (
  cache_key text primary key,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  body bytea not null,
  stored_at timestamptz not null default now(),
  expires_at timestamptz not null
);

create index response_cache_workspace on private.response_cache (workspace_id);
create index response_cache_expiry on private.response_cache (expires_at);

-- Takes one call from every window at once, or from none. Answers 0 where it was taken, else the milliseconds
-- until it can be. `windows` is [{ "limit": calls, "seconds": length }]; by the server's clock.
create function private.increment_rate_limit(asked_key text, windows jsonb) returns int
language plpgsql security definer set search_path = '' as $$
declare
  moment timestamptz;
  free_at timestamptz;
  longest constant interval := (
    select make_interval(secs => max((w ->> 'seconds')::numeric)) from jsonb_array_elements(windows) w);
begin
  perform pg_advisory_xact_lock(hashtextextended(asked_key, 0));
  moment := clock_timestamp();
  delete from private.rate_limit_windows l where l.limit_key = asked_key and l.called_at <= moment - longest;
  select max(blocking.called_at + make_interval(secs => (w ->> 'seconds')::numeric)) into free_at
  from jsonb_array_elements(windows) w
  cross join lateral (
    select l.called_at from private.rate_limit_windows l
    where l.limit_key = asked_key
    order by l.called_at desc
    offset (w ->> 'limit')::int - 1 limit 1
  ) as blocking
  where blocking.called_at > moment - make_interval(secs => (w ->> 'seconds')::numeric);
  if free_at is not null then
    return ceil(extract(epoch from free_at - moment) * 1000);
  end if;
  insert into private.rate_limit_windows (limit_key, called_at) values (asked_key, moment);
  return 0;
end
$$;
revoke execute on function private.increment_rate_limit(text, jsonb) from public;
grant execute on function private.increment_rate_limit(text, jsonb) to service_role;

alter table private.rate_limit_windows enable row level security;
alter table private.response_cache enable row level security;
grant all on private.rate_limit_windows, private.response_cache to service_role;
-- No policies: only the service, which passes by them, comes near these tables.
