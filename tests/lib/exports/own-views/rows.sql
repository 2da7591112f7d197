with w as (select current_setting('test.workspace')::uuid as id)
insert into app.users select w.id, u.* from w, (values (1, 'First User'), (2, 'Zweiter Nutzer'), (3, 'Ünïcode Användare')) u;
with w as (select current_setting('test.workspace')::uuid as id)
insert into app.services select w.id, s.* from w, (values (1, 'Landscaping'), (2, 'Snow, ice & salt')) s;
with w as (select current_setting('test.workspace')::uuid as id)
insert into app.clients select w.id, c.* from w, (values (1, 'Northern Estates'), (2, '=Odd "Client"')) c;

with w as (select current_setting('test.workspace')::uuid as id)
insert into app.scopes_of_work select w.id, s.* from w, (values
  (10, 1, 1, 1, '2024-03-01 09:00:00+00'::timestamptz, null::timestamptz),
  (11, 2, null, 2, '2024-03-02 09:30:00+00', null),
  (12, 2, 2, 3, '2024-04-01 00:00:00+00', null),
  (13, 1, 1, 1, '2024-04-02 00:00:00+00', '2024-04-03 00:00:00+00')) s;
with w as (select current_setting('test.workspace')::uuid as id)
insert into app.scope_of_work_versions select w.id, v.* from w, (values
  (10, 1, false, 'Mowing, first draft', 'DRAFT', null::int, null::timestamptz),
  (10, 2, true, 'Mowing', 'APPROVED', 2, '2024-03-05 10:00:00+00'),
  (11, 1, true, 'Ploughing', 'DRAFT', null, null),
  (12, 1, false, 'Salting 1', 'DRAFT', 1, '2024-04-01 01:00:00+00'),
  (12, 2, false, 'Salting 2', 'DRAFT', 1, '2024-04-01 02:00:00+00'),
  (12, 3, true, 'Salting', 'SENT', 3, '2024-04-01 03:00:00.25+00'),
  (13, 1, true, 'Deleted', 'DRAFT', null, null)) v;

with w as (select current_setting('test.workspace')::uuid as id)
insert into app.rfps select w.id, r.* from w, (values
  (20, 1, 1, 1, '2024-05-01 09:00:00+00'::timestamptz),
  (21, 2, 2, 2, '2024-05-02 09:00:00+00')) r;
with w as (select current_setting('test.workspace')::uuid as id)
insert into app.rfp_versions select w.id, v.* from w, (values
  (20, 1, false, 'Grounds (old)', '2024-06-01'::date, 900.00, 'USD', 'OPEN'),
  (20, 2, true, 'Grounds', '2024-06-15', 12500.50, 'USD', 'OPEN'),
  (21, 1, true, 'Winter', null, null, null, 'CLOSED')) v;
