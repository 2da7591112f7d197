import type pg from 'pg';

/** A digest of the rows of one workspace in each table that has any; when a key was last used is left out. */
export async function holdingsOf(admin: pg.Client, workspaceId: string): Promise<Record<string, string>> {
  const tables = await admin.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where column_name = 'workspace_id' and table_type = 'BASE TABLE' order by 1`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables.rows) {
    const { rows } = await admin.query<{ digest: string | null }>(
      `select md5(string_agg(line, ' ' order by line)) as digest
       from (select (to_jsonb(t) - 'last_used_at')::text as line from ${name} t where workspace_id = $1) lines`,
      [workspaceId],
    );
    const digest = rows[0]?.digest;
    if (digest) digests[name] = digest;
  }
  return digests;
}
