-- What an operator keeps of scopes of work and requests for proposals beside the platform's own tables, and the views by
-- which these are exported. Rows belong to the workspace of the setting `test.workspace`.

create schema app;
grant usage on schema app to entrepot_member;

create table app.users (workspace_id uuid not null, id int primary key, full_name text not null);
create table app.services (workspace_id uuid not null, id int primary key, services_name text not null);
create table app.clients (workspace_id uuid not null, id int primary key, client_name text not null);

create table app.scopes_of_work (
  workspace_id uuid not null,
  id int primary key,
  service_id int not null,
  client_id int,
  created_by int not null,
  created_at timestamptz not null,
  deleted_at timestamptz
);
create table app.scope_of_work_versions (
  workspace_id uuid not null,
  scope_of_work_id int not null,
  version int not null,
  is_current boolean not null,
  scope_name text not null,
  scope_of_work_status text not null,
  modified_by int,
  updated_at timestamptz,
  primary key (scope_of_work_id, version)
);
create table app.rfps (
  workspace_id uuid not null,
  id int primary key,
  client_id int not null,
  service_id int not null,
  created_by int not null,
  created_at timestamptz not null
);
create table app.rfp_versions (
  workspace_id uuid not null,
  rfp_id int not null,
  version int not null,
  is_current boolean not null,
  rfp_name text not null,
  due_date date,
  budget numeric,
  currency text,
  rfp_status text not null,
  primary key (rfp_id, version)
);

do $$
declare
  kept regclass;
begin
  for kept in select c.oid::regclass from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' loop
    execute format('alter table %s enable row level security', kept);
    execute format('create policy "Members see their workspace" on %s for select to entrepot_member
      using (workspace_id = (select private.current_workspace()))', kept);
    execute format('grant select on %s to entrepot_member', kept);
  end loop;
end
$$;

create view app.scope_of_work_list with (security_invoker = true) as
select s.workspace_id, s.id, service.services_name as services, v.scope_name, creator.full_name as uploaded_by,
  s.created_at as uploaded_date, modifier.full_name as updated_by, v.updated_at as updated_date,
  v.scope_of_work_status as status
from app.scopes_of_work s
join app.scope_of_work_versions v on v.scope_of_work_id = s.id and v.is_current
join app.services service on service.id = s.service_id
left join app.users creator on creator.id = s.created_by
left join app.users modifier on modifier.id = v.modified_by
where s.deleted_at is null;

create view app.client_scope_of_work_list with (security_invoker = true) as
select l.workspace_id, l.id, client.client_name as client, l.services, l.scope_name, l.uploaded_by, l.uploaded_date,
  l.updated_by, l.updated_date, l.status
from app.scope_of_work_list l
join app.scopes_of_work s on s.id = l.id
join app.clients client on client.id = s.client_id;

create view app.rfp_list with (security_invoker = true) as
select r.workspace_id, r.id, client.client_name as client, service.services_name as services, v.rfp_name, v.due_date,
  v.budget, v.currency, creator.full_name as uploaded_by, r.created_at as uploaded_date, v.rfp_status as status
from app.rfps r
join app.rfp_versions v on v.rfp_id = r.id and v.is_current
join app.clients client on client.id = r.client_id
join app.services service on service.id = r.service_id
left join app.users creator on creator.id = r.created_by;

grant select on app.scope_of_work_list, app.client_scope_of_work_list, app.rfp_list to entrepot_member;
