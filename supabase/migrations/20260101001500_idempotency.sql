-- The first answers to requests that carry an Idempotency-Key, so that a repeat gets the same answer and does
-- nothing. A row without an answer is a request under way, or one whose worker died: after a minute a repeat takes
-- it over. Keys and requests are kept as digests and answers encrypted, for an answer may hold a secret. The sweeper
-- removes what is older than a day.

create table private.idempotent_requests (
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  -- The user or the API key.
  actor_id uuid not null,
  -- SHA-256 of the method, the address and the key; and of the body.
  key_hash bytea not null,
  request_hash bytea not null,
  claim uuid not null default gen_random_uuid(),
  claimed_at timestamptz not null default now(),
  status int,
  key_id text,
  answer bytea,
  primary key (workspace_id, actor_id, key_hash),
  check ((status is null) = (answer is null) and (status is null) = (key_id is null))
);

create index idempotent_requests_of_age on private.idempotent_requests (claimed_at);

-- Claims a request of the acting member. `claimed`: it is the caller's to do; `answered`: here is the first answer;
-- `running`: somebody else is at it; `differs`: the key was used for another body.
create function private.claim_request(
  asked_key bytea, asked_request bytea,
  out state text, out claim uuid, out status int, out key_id text, out answer bytea
)
language plpgsql security definer set search_path = '' as $$
declare
  workspace constant uuid := private.current_workspace();
  actor constant uuid := nullif(current_setting('entrepot.actor_id', true), '')::uuid;
  known private.idempotent_requests;
begin
  insert into private.idempotent_requests as r (workspace_id, actor_id, key_hash, request_hash)
  values (workspace, actor, asked_key, asked_request)
  on conflict on constraint idempotent_requests_pkey do update
    set request_hash = excluded.request_hash, claim = excluded.claim, claimed_at = excluded.claimed_at,
      status = null, key_id = null, answer = null
    where r.claimed_at < now() - interval '24 hours'
      or r.status is null and r.request_hash = excluded.request_hash and r.claimed_at < now() - interval '1 minute'
  returning r.* into known;
  if found then
    state := 'claimed';
    claim := known.claim;
    return;
  end if;
  select r.* into known from private.idempotent_requests r
  where r.workspace_id = workspace and r.actor_id = actor and r.key_hash = asked_key;
  state := case
    when known.request_hash <> asked_request then 'differs'
    when known.status is null then 'running'
    else 'answered'
  end;
  if state = 'answered' then
    status := known.status;
    key_id := known.key_id;
    answer := known.answer;
  end if;
end
$$;

-- Keeps the answer of whoever still holds the claim.
create function private.keep_answer(held_claim uuid, given_status int, given_key_id text, given_answer bytea)
returns void
language sql security definer set search_path = '' as $$
  update private.idempotent_requests r
  set status = given_status, key_id = given_key_id, answer = given_answer
  where r.workspace_id = private.current_workspace() and r.claim = held_claim and r.status is null
$$;

-- Gives the claim up, so that a repeat is a new try.
create function private.give_up_claim(held_claim uuid) returns void
language sql security definer set search_path = '' as $$
  delete from private.idempotent_requests r
  where r.workspace_id = private.current_workspace() and r.claim = held_claim and r.status is null
$$;

revoke execute on function
  private.claim_request(bytea, bytea), private.keep_answer(uuid, int, text, bytea), private.give_up_claim(uuid)
  from public;
grant execute on function
  private.claim_request(bytea, bytea), private.keep_answer(uuid, int, text, bytea), private.give_up_claim(uuid)
  to entrepot_member;

grant select, delete on private.idempotent_requests to service_role;

alter table private.idempotent_requests enable row level security;
-- No policies: members come near it by the functions above alone, which know whose a request is.
