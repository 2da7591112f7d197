import type pg from 'pg';

/** What a snapshot shows, in order; each query answers lines of SQL in a stable order. */
const sections: Readonly<Record<string, string>> = {
  Tables: `
    select format(E'create %stable %s (\n%s\n);', case relpersistence when 'u' then 'unlogged ' else '' end,
      c.oid::regclass, (
        select string_agg(format('  %I %s%s%s', attname, format_type(atttypid, atttypmod),
          case when attidentity = 'a' then ' generated always as identity'
            else coalesce(' default ' || pg_get_expr(adbin, adrelid), '') end,
          case when attnotnull then ' not null' else '' end), E',\n' order by attnum)
        from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
        where attrelid = c.oid and attnum > 0 and not attisdropped))
    from pg_class c where relkind = 'r' and relnamespace in (select oid from ours) order by c.oid::regclass::text`,
  Constraints: `
    select format('alter table %s add constraint %I %s;', conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where connamespace in (select oid from ours) and conrelid <> 0 and contype <> 'n'
    order by conrelid::regclass::text, conname`,
  Indexes: `
    select indexdef || ';' from pg_indexes
    where schemaname in (select nspname from ours)
      and indexname not in (select conname from pg_constraint where contype in ('p', 'u'))
    order by schemaname, tablename, indexname`,
  Functions: `
    select pg_get_functiondef(p.oid) || ';' from pg_proc p
    where pronamespace in (select oid from ours) order by p.oid::regprocedure::text`,
  Triggers: `
    select pg_get_triggerdef(t.oid) || ';' from pg_trigger t join pg_proc p on p.oid = tgfoid
    where pronamespace in (select oid from ours) and not tgisinternal order by tgrelid::regclass::text, tgname`,
  Policies: `
    select format(E'create policy %s on %I.%I for %s to %s%s%s;', quote_ident(policyname), schemaname, tablename,
      lower(cmd), array_to_string(roles, ', '), E'\n  using (' || qual || ')', E'\n  with check (' || with_check || ')')
    from pg_policies where schemaname in (select nspname from ours)
    order by schemaname, tablename, roles::text, cmd, policyname`,
  'Grants on tables': `
    select format('grant %s on %I.%I to %I;', string_agg(lower(privilege_type), ', ' order by privilege_type),
      table_schema, table_name, grantee)
    from information_schema.role_table_grants
    where table_schema in (select nspname from ours)
      and grantee in ('anon', 'authenticated', 'service_role', 'entrepot_member')
    group by table_schema, table_name, grantee order by table_schema, table_name, grantee`,
  'Grants on columns alone': `
    select format('grant %s (%s) on %I.%I to %I;', lower(privilege_type),
      string_agg(column_name, ', ' order by column_name), table_schema, table_name, grantee)
    from information_schema.role_column_grants g
    where table_schema in (select nspname from ours)
      and grantee in ('anon', 'authenticated', 'service_role', 'entrepot_member')
      and not exists (
        select from information_schema.role_table_grants t
        where (t.table_schema, t.table_name, t.grantee, t.privilege_type)
          = (g.table_schema, g.table_name, g.grantee, g.privilege_type))
    group by table_schema, table_name, grantee, privilege_type
    order by table_schema, table_name, grantee, privilege_type`,
  'Grants on functions': `
    select format('grant execute on function %s to %s;', p.oid::regprocedure,
      string_agg(grantee::regrole::text, ', ' order by grantee::regrole::text))
    from pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner)))
    where pronamespace in (select oid from ours) and grantee <> proowner
    group by p.oid order by p.oid::regprocedure::text`,
};

const header = '-- What the migrations add up to. Made by `npm run db:snapshot`; a test keeps it true.\n';

/**
 * The schema of a migrated database as SQL to read: tables, constraints, indexes, functions, triggers,
 * policies and grants of the schemas that are ours, in a stable order.
 */
export async function snapshotSchema(client: pg.Client): Promise<string> {
  const parts = [header];
  await client.query('begin; set local search_path = public');
  for (const [title, query] of Object.entries(sections)) {
    const { rows } = await client.query<[string]>({ text: ours + query, rowMode: 'array' });
    parts.push(`\n-- ${title}\n\n${rows.map(([line]) => line).join('\n')}\n`);
  }
  await client.query('rollback');
  return parts.join('');
}

const ours = `with ours as (select oid, nspname from pg_namespace where nspname in ('public', 'private', 'data'))`;
