-- What hosted Supabase has before the first migration: its roles, what they may do in its schemas, and the
-- privileges that new tables get by default. Run once on a new database by the superuser `supabase_admin`.

do $$
begin
  if not exists (select from pg_roles where rolname = 'postgres') then
    -- Runs the migrations. No superuser, so that what works here works there.
    create role postgres login createdb createrole replication bypassrls;
    create role anon nologin noinherit;
    create role authenticated nologin noinherit;
    create role service_role nologin noinherit bypassrls;
    grant anon, authenticated, service_role to postgres with admin option;
    grant pg_monitor, pg_signal_backend to postgres;
  end if;
end
$$;

do $$
begin
  execute format('alter database %I owner to postgres', current_database());
  execute format('alter database %I set search_path to "$user", public, extensions', current_database());
end
$$;

create schema if not exists extensions;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;

grant usage on schema public, auth, storage, extensions to postgres, anon, authenticated, service_role;
grant all on schema public, extensions to postgres;

grant select, insert, update, delete, references, trigger on all tables in schema auth to postgres;
grant all on all tables in schema storage to postgres, anon, authenticated, service_role;
grant execute on all functions in schema auth, storage to postgres, anon, authenticated, service_role;

-- The history of migrations belongs to whoever applies them.
alter schema supabase_migrations owner to postgres;
alter table supabase_migrations.schema_migrations owner to postgres;

-- What `postgres` makes in `public` is open to the Data API until a migration closes it.
alter default privileges for role postgres in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on sequences to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant execute on functions to anon, authenticated, service_role;
