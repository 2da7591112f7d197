-- What the migrations add up to. Made by `npm run db:snapshot`; a test keeps it true.

-- Tables

create table api_keys (
  id uuid default gen_random_uuid() not null,
  workspace_id uuid not null,
  name text not null,
  prefix text not null,
  hash bytea not null,
  scope text not null,
  created_by uuid not null,
  created_at timestamp with time zone default now() not null,
  last_used_at timestamp with time zone,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone
);
create table artifacts (
  id uuid default gen_random_uuid() not null,
  workspace_id uuid not null,
  export_id uuid,
  job_id uuid,
  file_name text not null,
  path text not null,
  media_type text not null,
  bytes bigint not null,
  rows bigint not null,
  sha256 text not null,
  manifest jsonb not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone default now() not null
);
create table audit_log (
  id bigint generated always as identity not null,
  workspace_id uuid not null,
  at timestamp with time zone default now() not null,
  actor_kind text not null,
  actor_id uuid,
  user_id uuid,
  action text not null,
  target_id uuid,
  details jsonb default '{}'::jsonb not null
);
create table datasets (
  id uuid default gen_random_uuid() not null,
  workspace_id uuid not null,
  name text not null,
  label text not null,
  kind text not null,
  table_schema text not null,
  table_name text not null,
  columns jsonb not null,
  key text[] not null,
  relations jsonb default '[]'::jsonb not null,
  revision bigint default 0 not null,
  created_by uuid,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
create table export_changes (
  export_id uuid not null,
  workspace_id uuid not null,
  token text not null,
  row_key text not null,
  row_hash bytea not null,
  change text not null,
  cells text[] not null,
  place bigint not null
);
create table export_ledger (
  export_id uuid not null,
  workspace_id uuid not null,
  row_key text not null,
  row_hash bytea not null,
  cells text[] not null
);
create table export_templates (
  id uuid default gen_random_uuid() not null,
  workspace_id uuid not null,
  name text not null,
  template jsonb not null,
  created_by uuid,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
create table export_watermarks (
  export_id uuid not null,
  workspace_id uuid not null,
  dataset_id uuid not null,
  revision bigint not null,
  ledger_columns jsonb,
  updated_at timestamp with time zone default now() not null
);
create table exports (
  id uuid default gen_random_uuid() not null,
  workspace_id uuid not null,
  name text not null,
  dataset text not null,
  definition jsonb not null,
  owner_id uuid,
  created_by uuid,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
create table external_data_sources (
  id uuid default gen_random_uuid() not null,
  workspace_id uuid not null,
  user_id uuid,
  source_type text not null,
  display_name text not null,
  enabled boolean default true not null,
  config jsonb not null,
  config_version integer default 1 not null,
  field_mappings jsonb default '{}'::jsonb not null,
  mapping_version integer default 1 not null,
  credentials_set boolean default false not null,
  sync_frequency text default 'manual'::text not null,
  sync_status text default 'idle'::text not null,
  sync_error jsonb,
  last_sync_at timestamp with time zone,
  next_sync_at timestamp with time zone,
  scheduled_at timestamp with time zone default now() not null,
  health text default 'ok'::text not null,
  health_since timestamp with time zone default now() not null,
  health_reason text,
  alert_mails boolean default true not null,
  cache_ttl_seconds integer default 3600 not null,
  rate_limits jsonb,
  conflict_policy text default 'source_wins'::text not null,
  conflict_policies jsonb default '{}'::jsonb not null,
  delete_guard jsonb default '{}'::jsonb not null,
  reject_limit jsonb default '{}'::jsonb not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
create table inventory_items (
  sku text not null,
  name text,
  description text,
  category text,
  barcode text,
  location text,
  quantity_on_hand numeric,
  quantity_available numeric,
  quantity_on_order numeric,
  reorder_point numeric,
  reorder_quantity numeric,
  unit_cost numeric,
  unit_price numeric,
  currency text,
  preferred_vendor_id text,
  lead_time_days bigint,
  active boolean,
  workspace_id uuid not null,
  source_id uuid default '00000000-0000-0000-0000-000000000000'::uuid not null,
  stream text default ''::text not null,
  external_id text default (gen_random_uuid())::text not null,
  parent_external_id text,
  source_system text default 'manual'::text not null,
  row_hash uuid,
  source_version timestamp with time zone,
  synced_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  created_revision bigint not null,
  revision bigint not null,
  extra jsonb
);
create table invitations (
  id uuid default gen_random_uuid() not null,
  workspace_id uuid not null,
  email text not null,
  role text not null,
  token_hash bytea not null,
  created_by uuid,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone default (now() + '7 days'::interval) not null,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone
);
create table jobs (
  id uuid default gen_random_uuid() not null,
  workspace_id uuid not null,
  kind text not null,
  payload jsonb not null,
  payload_version integer not null,
  singleton_key text,
  status text default 'queued'::text not null,
  priority text default 'normal'::text not null,
  due_at timestamp with time zone default now() not null,
  parent_id uuid,
  depends_on uuid[] default '{}'::uuid[] not null,
  blocked boolean default false not null,
  retry_of uuid,
  retry_attempt integer default 0 not null,
  rung_at timestamp with time zone,
  seq integer default 0 not null,
  attempts integer default 0 not null,
  lease_token uuid,
  lease_until timestamp with time zone,
  lease_message_id text,
  lease_retried integer,
  waiting_since timestamp with time zone,
  cancel_requested_at timestamp with time zone,
  cancel_reason text,
  progress jsonb default '{}'::jsonb not null,
  version bigint default 1 not null,
  result jsonb,
  error jsonb,
  warnings jsonb default '[]'::jsonb not null,
  owner_id uuid,
  created_by uuid,
  created_at timestamp with time zone default clock_timestamp() not null,
  started_at timestamp with time zone,
  completed_at timestamp with time zone,
  cleared_at timestamp with time zone
);
create table ledger_entries (
  entry_id text not null,
  posted_at timestamp with time zone,
  settlement_id text,
  order_id text,
  sku text,
  marketplace text,
  transaction_type text,
  amount_type text,
  amount_description text,
  quantity numeric,
  amount numeric,
  currency text,
  case_id text,
  workspace_id uuid not null,
  source_id uuid default '00000000-0000-0000-0000-000000000000'::uuid not null,
  stream text default ''::text not null,
  external_id text default (gen_random_uuid())::text not null,
  parent_external_id text,
  source_system text default 'manual'::text not null,
  row_hash uuid,
  source_version timestamp with time zone,
  synced_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  created_revision bigint not null,
  revision bigint not null,
  extra jsonb
);
create table private.idempotent_requests (
  workspace_id uuid not null,
  actor_id uuid not null,
  key_hash bytea not null,
  request_hash bytea not null,
  claim uuid default gen_random_uuid() not null,
  claimed_at timestamp with time zone default now() not null,
  status integer,
  key_id text,
  answer bytea
);
create table private.pseudonym_secrets (
  workspace_id uuid not null,
  key_id text not null,
  ciphertext bytea not null,
  created_at timestamp with time zone default now() not null
);
create table private.rate_limit_closures (
  limit_key text not null,
  closed_until timestamp with time zone not null
);
create table private.rate_limit_windows (
  limit_key text not null,
  called_at timestamp with time zone not null,
  id bigint generated always as identity not null,
  expires_at timestamp with time zone not null
);
create table private.response_cache (
  cache_key text not null,
  workspace_id uuid not null,
  body bytea not null,
  stored_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null
);
create table private.source_credentials (
  source_id uuid not null,
  workspace_id uuid not null,
  key_id text not null,
  ciphertext bytea not null,
  updated_at timestamp with time zone default now() not null
);
create unlogged table private.sync_seen (
  run_id uuid not null,
  stream text not null,
  page integer not null,
  keys text[] not null
);
create table profiles (
  user_id uuid not null,
  display_name text,
  time_zone text,
  alert_mails boolean default true not null,
  updated_at timestamp with time zone default now() not null
);
create table purchase_order_lines (
  order_number text not null,
  line_number bigint not null,
  sku text,
  description text,
  quantity numeric,
  quantity_received numeric,
  unit_cost numeric,
  line_total numeric,
  currency text,
  expected_date date,
  workspace_id uuid not null,
  source_id uuid default '00000000-0000-0000-0000-000000000000'::uuid not null,
  stream text default ''::text not null,
  external_id text default (gen_random_uuid())::text not null,
  parent_external_id text,
  source_system text default 'manual'::text not null,
  row_hash uuid,
  source_version timestamp with time zone,
  synced_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  created_revision bigint not null,
  revision bigint not null,
  extra jsonb
);
create table purchase_orders (
  order_number text not null,
  vendor_id text,
  vendor_name text,
  status text,
  order_date date,
  expected_date date,
  received_date date,
  subtotal numeric,
  tax numeric,
  shipping numeric,
  total numeric,
  currency text,
  notes text,
  workspace_id uuid not null,
  source_id uuid default '00000000-0000-0000-0000-000000000000'::uuid not null,
  stream text default ''::text not null,
  external_id text default (gen_random_uuid())::text not null,
  parent_external_id text,
  source_system text default 'manual'::text not null,
  row_hash uuid,
  source_version timestamp with time zone,
  synced_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  created_revision bigint not null,
  revision bigint not null,
  extra jsonb
);
create table row_edits (
  workspace_id uuid not null,
  dataset_id uuid not null,
  source_id uuid not null,
  stream text not null,
  external_id text not null,
  field text not null,
  value text,
  base text,
  conflict text,
  conflict_at timestamp with time zone,
  created_by uuid,
  created_at timestamp with time zone default now() not null
);
create table source_webhooks (
  source_id uuid not null,
  workspace_id uuid not null,
  token_hash bytea not null,
  created_by uuid,
  created_at timestamp with time zone default now() not null,
  called_at timestamp with time zone,
  pending_at timestamp with time zone
);
create table sync_changes (
  id bigint generated always as identity not null,
  workspace_id uuid not null,
  run_id uuid,
  dataset_id uuid not null,
  source_id uuid not null,
  stream text not null,
  external_id text not null,
  operation text not null,
  fields jsonb default '{}'::jsonb not null,
  revision bigint not null,
  created_by uuid,
  created_at timestamp with time zone default now() not null
);
create table sync_cursors (
  source_id uuid not null,
  stream text not null,
  workspace_id uuid not null,
  run_id uuid not null,
  mapping_version integer not null,
  config_version integer not null,
  since jsonb,
  cursor jsonb,
  from_revision bigint not null,
  started_at timestamp with time zone default now() not null,
  pages integer default 0 not null,
  nameless integer default 0 not null,
  columns jsonb,
  steady jsonb,
  steady_so_far jsonb,
  ended_at timestamp with time zone,
  complete boolean default false not null,
  to_be_repeated boolean default false not null,
  reached jsonb,
  bookmark jsonb,
  bookmark_mapping_version integer,
  bookmark_config_version integer,
  full_at timestamp with time zone,
  keyed_by text,
  cache_pass uuid,
  cached_at timestamp with time zone,
  kept_pass uuid,
  kept_at timestamp with time zone,
  kept_config_version integer
);
create table sync_deletion_rows (
  deletion_id uuid not null,
  external_id text not null,
  workspace_id uuid not null,
  revision bigint
);
create table sync_deletions (
  id uuid default gen_random_uuid() not null,
  workspace_id uuid not null,
  source_id uuid not null,
  run_id uuid,
  dataset_id uuid not null,
  stream text not null,
  reason text default 'vanished'::text not null,
  status text not null,
  vanished integer not null,
  present integer not null,
  before_revision bigint not null,
  source_version timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  created_at timestamp with time zone default now() not null
);
create table sync_rejects (
  id bigint generated always as identity not null,
  workspace_id uuid not null,
  source_id uuid not null,
  run_id uuid not null,
  stream text not null,
  line bigint,
  external_id text,
  field text,
  reason text not null,
  value text,
  payload text not null,
  replayable boolean default false not null,
  source_version timestamp with time zone,
  mapping_version integer not null,
  replay_run_id uuid,
  resolved_at timestamp with time zone,
  created_at timestamp with time zone default now() not null
);
create table sync_revisions (
  dataset_id uuid not null,
  revision bigint not null,
  workspace_id uuid not null,
  run_id uuid not null,
  source_id uuid not null,
  stream text not null,
  created_at timestamp with time zone default now() not null
);
create table sync_runs (
  id uuid default gen_random_uuid() not null,
  workspace_id uuid not null,
  source_id uuid not null,
  job_id uuid,
  trigger text not null,
  mode text not null,
  dry_run boolean default false not null,
  status text default 'queued'::text not null,
  mapping_version integer not null,
  streams jsonb default '{}'::jsonb not null,
  api_calls integer default 0 not null,
  wasted_calls integer default 0 not null,
  cache_hits integer default 0 not null,
  cached_at timestamp with time zone,
  warnings jsonb default '[]'::jsonb not null,
  whole boolean default false not null,
  spooled boolean default false not null,
  error jsonb,
  created_at timestamp with time zone default now() not null,
  started_at timestamp with time zone,
  completed_at timestamp with time zone
);
create table uploads (
  id uuid default gen_random_uuid() not null,
  workspace_id uuid not null,
  file_name text not null,
  bytes bigint not null,
  content_type text not null,
  path text not null,
  created_by uuid,
  created_at timestamp with time zone default now() not null
);
create table vendors (
  vendor_id text not null,
  name text,
  contact_name text,
  contact_email text,
  phone text,
  website text,
  address text,
  city text,
  region text,
  postal_code text,
  country text,
  currency text,
  payment_terms text,
  lead_time_days bigint,
  active boolean,
  workspace_id uuid not null,
  source_id uuid default '00000000-0000-0000-0000-000000000000'::uuid not null,
  stream text default ''::text not null,
  external_id text default (gen_random_uuid())::text not null,
  parent_external_id text,
  source_system text default 'manual'::text not null,
  row_hash uuid,
  source_version timestamp with time zone,
  synced_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  created_revision bigint not null,
  revision bigint not null,
  extra jsonb
);
create table workspace_members (
  workspace_id uuid not null,
  user_id uuid not null,
  role text not null,
  created_at timestamp with time zone default now() not null
);
create table workspaces (
  id uuid default gen_random_uuid() not null,
  name text not null,
  created_by uuid,
  created_at timestamp with time zone default now() not null
);

-- Constraints

alter table api_keys add constraint api_keys_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE CASCADE;
alter table api_keys add constraint api_keys_hash_check CHECK ((length(hash) = 32));
alter table api_keys add constraint api_keys_hash_key UNIQUE (hash);
alter table api_keys add constraint api_keys_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table api_keys add constraint api_keys_pkey PRIMARY KEY (id);
alter table api_keys add constraint api_keys_scope_check CHECK ((scope = ANY (ARRAY['read'::text, 'write'::text, 'admin'::text])));
alter table api_keys add constraint api_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table artifacts add constraint artifacts_check CHECK (starts_with(path, (('artifacts/'::text || workspace_id) || '/'::text)));
alter table artifacts add constraint artifacts_export_id_fkey FOREIGN KEY (export_id) REFERENCES exports(id) ON DELETE SET NULL;
alter table artifacts add constraint artifacts_job_id_fkey FOREIGN KEY (job_id) REFERENCES jobs(id) ON DELETE SET NULL;
alter table artifacts add constraint artifacts_path_key UNIQUE (path);
alter table artifacts add constraint artifacts_pkey PRIMARY KEY (id);
alter table artifacts add constraint artifacts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table audit_log add constraint audit_log_pkey PRIMARY KEY (id);
alter table audit_log add constraint audit_log_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table datasets add constraint datasets_check CHECK (((cardinality(key) > 0) OR (kind = 'view'::text)));
alter table datasets add constraint datasets_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL;
alter table datasets add constraint datasets_kind_check CHECK ((kind = ANY (ARRAY['builtin'::text, 'made'::text, 'view'::text])));
alter table datasets add constraint datasets_label_check CHECK (((length(label) >= 1) AND (length(label) <= 200)));
alter table datasets add constraint datasets_name_check CHECK ((name ~ '^[a-z][a-z0-9_]{0,62}$'::text));
alter table datasets add constraint datasets_pkey PRIMARY KEY (id);
alter table datasets add constraint datasets_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table datasets add constraint datasets_workspace_id_name_key UNIQUE (workspace_id, name);
alter table export_changes add constraint export_changes_change_check CHECK ((change = ANY (ARRAY['added'::text, 'changed'::text, 'removed'::text])));
alter table export_changes add constraint export_changes_export_id_fkey FOREIGN KEY (export_id) REFERENCES exports(id) ON DELETE CASCADE;
alter table export_changes add constraint export_changes_pkey PRIMARY KEY (export_id, token, row_hash);
alter table export_changes add constraint export_changes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table export_ledger add constraint export_ledger_export_id_fkey FOREIGN KEY (export_id) REFERENCES exports(id) ON DELETE CASCADE;
alter table export_ledger add constraint export_ledger_pkey PRIMARY KEY (export_id, row_hash);
alter table export_ledger add constraint export_ledger_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table export_templates add constraint export_templates_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL;
alter table export_templates add constraint export_templates_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table export_templates add constraint export_templates_pkey PRIMARY KEY (id);
alter table export_templates add constraint export_templates_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table export_watermarks add constraint export_watermarks_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets(id) ON DELETE CASCADE;
alter table export_watermarks add constraint export_watermarks_export_id_fkey FOREIGN KEY (export_id) REFERENCES exports(id) ON DELETE CASCADE;
alter table export_watermarks add constraint export_watermarks_pkey PRIMARY KEY (export_id);
alter table export_watermarks add constraint export_watermarks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table exports add constraint exports_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL;
alter table exports add constraint exports_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table exports add constraint exports_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES auth.users(id) ON DELETE SET NULL;
alter table exports add constraint exports_pkey PRIMARY KEY (id);
alter table exports add constraint exports_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table external_data_sources add constraint external_data_sources_cache_ttl_seconds_check CHECK ((cache_ttl_seconds >= 0));
alter table external_data_sources add constraint external_data_sources_conflict_policy_check CHECK ((conflict_policy = ANY (ARRAY['source_wins'::text, 'local_wins'::text, 'newest_wins'::text, 'ask'::text])));
alter table external_data_sources add constraint external_data_sources_display_name_check CHECK (((length(display_name) >= 1) AND (length(display_name) <= 200)));
alter table external_data_sources add constraint external_data_sources_health_check CHECK ((health = ANY (ARRAY['ok'::text, 'failed'::text, 'late'::text, 'rows_off'::text, 'silent'::text])));
alter table external_data_sources add constraint external_data_sources_pkey PRIMARY KEY (id);
alter table external_data_sources add constraint external_data_sources_sync_frequency_check CHECK ((sync_frequency = ANY (ARRAY['realtime'::text, 'hourly'::text, 'daily'::text, 'manual'::text])));
alter table external_data_sources add constraint external_data_sources_sync_status_check CHECK ((sync_status = ANY (ARRAY['idle'::text, 'queued'::text, 'running'::text, 'completed'::text, 'failed'::text, 'cancelled'::text])));
alter table external_data_sources add constraint external_data_sources_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE SET NULL;
alter table external_data_sources add constraint external_data_sources_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table inventory_items add constraint inventory_items_pkey PRIMARY KEY (workspace_id, source_id, stream, external_id);
alter table inventory_items add constraint inventory_items_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table invitations add constraint invitations_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL;
alter table invitations add constraint invitations_email_check CHECK (((email = lower(email)) AND ((length(email) >= 3) AND (length(email) <= 320))));
alter table invitations add constraint invitations_pkey PRIMARY KEY (id);
alter table invitations add constraint invitations_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'editor'::text, 'viewer'::text])));
alter table invitations add constraint invitations_token_hash_check CHECK ((length(token_hash) = 32));
alter table invitations add constraint invitations_token_hash_key UNIQUE (token_hash);
alter table invitations add constraint invitations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table jobs add constraint jobs_check CHECK (((retry_attempt > 0) OR (retry_of IS NULL)));
alter table jobs add constraint jobs_check1 CHECK (((status = 'running'::text) = (lease_token IS NOT NULL)));
alter table jobs add constraint jobs_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL;
alter table jobs add constraint jobs_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES auth.users(id) ON DELETE SET NULL;
alter table jobs add constraint jobs_pkey PRIMARY KEY (id);
alter table jobs add constraint jobs_priority_check CHECK ((priority = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text])));
alter table jobs add constraint jobs_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'completed'::text, 'failed'::text, 'cancelled'::text])));
alter table jobs add constraint jobs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table jobs add constraint jobs_workspace_id_id_key UNIQUE (workspace_id, id);
alter table jobs add constraint jobs_workspace_id_parent_id_fkey FOREIGN KEY (workspace_id, parent_id) REFERENCES jobs(workspace_id, id) ON DELETE SET NULL (parent_id);
alter table jobs add constraint jobs_workspace_id_retry_of_fkey FOREIGN KEY (workspace_id, retry_of) REFERENCES jobs(workspace_id, id) ON DELETE SET NULL (retry_of);
alter table ledger_entries add constraint ledger_entries_pkey PRIMARY KEY (workspace_id, source_id, stream, external_id);
alter table ledger_entries add constraint ledger_entries_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table private.idempotent_requests add constraint idempotent_requests_check CHECK ((((status IS NULL) = (answer IS NULL)) AND ((status IS NULL) = (key_id IS NULL))));
alter table private.idempotent_requests add constraint idempotent_requests_pkey PRIMARY KEY (workspace_id, actor_id, key_hash);
alter table private.idempotent_requests add constraint idempotent_requests_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table private.pseudonym_secrets add constraint pseudonym_secrets_pkey PRIMARY KEY (workspace_id);
alter table private.pseudonym_secrets add constraint pseudonym_secrets_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table private.rate_limit_closures add constraint rate_limit_closures_pkey PRIMARY KEY (limit_key);
alter table private.rate_limit_windows add constraint rate_limit_windows_pkey PRIMARY KEY (limit_key, called_at, id);
alter table private.response_cache add constraint response_cache_pkey PRIMARY KEY (cache_key);
alter table private.response_cache add constraint response_cache_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table private.source_credentials add constraint source_credentials_pkey PRIMARY KEY (source_id);
alter table private.source_credentials add constraint source_credentials_source_id_fkey FOREIGN KEY (source_id) REFERENCES external_data_sources(id) ON DELETE CASCADE;
alter table private.source_credentials add constraint source_credentials_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table private.sync_seen add constraint sync_seen_pkey PRIMARY KEY (run_id, stream, page);
alter table profiles add constraint profiles_display_name_check CHECK (((length(display_name) >= 1) AND (length(display_name) <= 200)));
alter table profiles add constraint profiles_pkey PRIMARY KEY (user_id);
alter table profiles add constraint profiles_time_zone_check CHECK (((length(time_zone) >= 1) AND (length(time_zone) <= 100)));
alter table profiles add constraint profiles_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
alter table purchase_order_lines add constraint purchase_order_lines_pkey PRIMARY KEY (workspace_id, source_id, stream, external_id);
alter table purchase_order_lines add constraint purchase_order_lines_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table purchase_orders add constraint purchase_orders_pkey PRIMARY KEY (workspace_id, source_id, stream, external_id);
alter table purchase_orders add constraint purchase_orders_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table row_edits add constraint row_edits_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL;
alter table row_edits add constraint row_edits_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets(id) ON DELETE CASCADE;
alter table row_edits add constraint row_edits_pkey PRIMARY KEY (dataset_id, source_id, stream, external_id, field);
alter table row_edits add constraint row_edits_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table source_webhooks add constraint source_webhooks_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL;
alter table source_webhooks add constraint source_webhooks_pkey PRIMARY KEY (source_id);
alter table source_webhooks add constraint source_webhooks_source_id_fkey FOREIGN KEY (source_id) REFERENCES external_data_sources(id) ON DELETE CASCADE;
alter table source_webhooks add constraint source_webhooks_token_hash_check CHECK ((length(token_hash) = 32));
alter table source_webhooks add constraint source_webhooks_token_hash_key UNIQUE (token_hash);
alter table source_webhooks add constraint source_webhooks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table sync_changes add constraint sync_changes_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL;
alter table sync_changes add constraint sync_changes_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets(id) ON DELETE CASCADE;
alter table sync_changes add constraint sync_changes_operation_check CHECK ((operation = ANY (ARRAY['inserted'::text, 'updated'::text, 'deleted'::text, 'undeleted'::text, 'edited'::text])));
alter table sync_changes add constraint sync_changes_pkey PRIMARY KEY (id);
alter table sync_changes add constraint sync_changes_run_id_fkey FOREIGN KEY (run_id) REFERENCES sync_runs(id) ON DELETE CASCADE;
alter table sync_changes add constraint sync_changes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table sync_cursors add constraint sync_cursors_pkey PRIMARY KEY (source_id, stream);
alter table sync_cursors add constraint sync_cursors_run_id_fkey FOREIGN KEY (run_id) REFERENCES sync_runs(id) ON DELETE CASCADE;
alter table sync_cursors add constraint sync_cursors_source_id_fkey FOREIGN KEY (source_id) REFERENCES external_data_sources(id) ON DELETE CASCADE;
alter table sync_cursors add constraint sync_cursors_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table sync_deletion_rows add constraint sync_deletion_rows_deletion_id_fkey FOREIGN KEY (deletion_id) REFERENCES sync_deletions(id) ON DELETE CASCADE;
alter table sync_deletion_rows add constraint sync_deletion_rows_pkey PRIMARY KEY (deletion_id, external_id);
alter table sync_deletion_rows add constraint sync_deletion_rows_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table sync_deletions add constraint sync_deletions_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets(id) ON DELETE CASCADE;
alter table sync_deletions add constraint sync_deletions_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES auth.users(id) ON DELETE SET NULL;
alter table sync_deletions add constraint sync_deletions_pkey PRIMARY KEY (id);
alter table sync_deletions add constraint sync_deletions_reason_check CHECK ((reason = ANY (ARRAY['vanished'::text, 'unmapped'::text])));
alter table sync_deletions add constraint sync_deletions_run_id_fkey FOREIGN KEY (run_id) REFERENCES sync_runs(id) ON DELETE SET NULL;
alter table sync_deletions add constraint sync_deletions_source_id_fkey FOREIGN KEY (source_id) REFERENCES external_data_sources(id) ON DELETE CASCADE;
alter table sync_deletions add constraint sync_deletions_status_check CHECK ((status = ANY (ARRAY['planned'::text, 'unconfirmed'::text, 'held'::text, 'applying'::text, 'applied'::text, 'dismissed'::text, 'undoing'::text, 'undone'::text, 'superseded'::text])));
alter table sync_deletions add constraint sync_deletions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table sync_rejects add constraint sync_rejects_pkey PRIMARY KEY (id);
alter table sync_rejects add constraint sync_rejects_run_id_fkey FOREIGN KEY (run_id) REFERENCES sync_runs(id) ON DELETE CASCADE;
alter table sync_rejects add constraint sync_rejects_source_id_fkey FOREIGN KEY (source_id) REFERENCES external_data_sources(id) ON DELETE CASCADE;
alter table sync_rejects add constraint sync_rejects_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table sync_revisions add constraint sync_revisions_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets(id) ON DELETE CASCADE;
alter table sync_revisions add constraint sync_revisions_pkey PRIMARY KEY (dataset_id, revision);
alter table sync_revisions add constraint sync_revisions_run_id_fkey FOREIGN KEY (run_id) REFERENCES sync_runs(id) ON DELETE CASCADE;
alter table sync_revisions add constraint sync_revisions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table sync_runs add constraint sync_runs_job_id_fkey FOREIGN KEY (job_id) REFERENCES jobs(id) ON DELETE SET NULL;
alter table sync_runs add constraint sync_runs_mode_check CHECK ((mode = ANY (ARRAY['incremental'::text, 'full'::text, 'replay'::text])));
alter table sync_runs add constraint sync_runs_pkey PRIMARY KEY (id);
alter table sync_runs add constraint sync_runs_source_id_fkey FOREIGN KEY (source_id) REFERENCES external_data_sources(id) ON DELETE CASCADE;
alter table sync_runs add constraint sync_runs_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'completed'::text, 'failed'::text, 'cancelled'::text])));
alter table sync_runs add constraint sync_runs_trigger_check CHECK ((trigger = ANY (ARRAY['manual'::text, 'schedule'::text, 'webhook'::text, 'api'::text])));
alter table sync_runs add constraint sync_runs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table uploads add constraint uploads_bytes_check CHECK ((bytes >= 0));
alter table uploads add constraint uploads_check CHECK ((path = ((('uploads/'::text || workspace_id) || '/'::text) || id)));
alter table uploads add constraint uploads_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL;
alter table uploads add constraint uploads_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 255)));
alter table uploads add constraint uploads_path_key UNIQUE (path);
alter table uploads add constraint uploads_pkey PRIMARY KEY (id);
alter table uploads add constraint uploads_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table vendors add constraint vendors_pkey PRIMARY KEY (workspace_id, source_id, stream, external_id);
alter table vendors add constraint vendors_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table workspace_members add constraint workspace_members_pkey PRIMARY KEY (workspace_id, user_id);
alter table workspace_members add constraint workspace_members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'editor'::text, 'viewer'::text])));
alter table workspace_members add constraint workspace_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
alter table workspace_members add constraint workspace_members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table workspaces add constraint workspaces_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL;
alter table workspaces add constraint workspaces_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table workspaces add constraint workspaces_pkey PRIMARY KEY (id);

-- Indexes

CREATE INDEX idempotent_requests_of_age ON private.idempotent_requests USING btree (claimed_at);
CREATE INDEX rate_limit_closures_expiry ON private.rate_limit_closures USING btree (closed_until);
CREATE INDEX rate_limit_windows_expiry ON private.rate_limit_windows USING btree (expires_at);
CREATE INDEX response_cache_expiry ON private.response_cache USING btree (expires_at);
CREATE INDEX response_cache_workspace ON private.response_cache USING btree (workspace_id, stored_at);
CREATE INDEX source_credentials_workspace ON private.source_credentials USING btree (workspace_id);
CREATE INDEX api_keys_created_by ON public.api_keys USING btree (created_by);
CREATE INDEX api_keys_workspace ON public.api_keys USING btree (workspace_id, created_at);
CREATE INDEX artifacts_expiry ON public.artifacts USING btree (expires_at);
CREATE INDEX artifacts_job ON public.artifacts USING btree (job_id);
CREATE INDEX artifacts_of_export ON public.artifacts USING btree (export_id, created_at DESC, id);
CREATE INDEX artifacts_workspace ON public.artifacts USING btree (workspace_id);
CREATE INDEX audit_log_of_workspace ON public.audit_log USING btree (workspace_id, at DESC, id DESC);
CREATE INDEX datasets_created_by ON public.datasets USING btree (created_by);
CREATE UNIQUE INDEX datasets_made_table ON public.datasets USING btree (table_name) WHERE (kind = 'made'::text);
CREATE INDEX export_changes_workspace ON public.export_changes USING btree (workspace_id);
CREATE INDEX export_ledger_workspace ON public.export_ledger USING btree (workspace_id);
CREATE INDEX export_templates_created_by ON public.export_templates USING btree (created_by);
CREATE INDEX export_templates_of_workspace ON public.export_templates USING btree (workspace_id, created_at, id);
CREATE INDEX export_watermarks_dataset ON public.export_watermarks USING btree (dataset_id);
CREATE INDEX export_watermarks_workspace ON public.export_watermarks USING btree (workspace_id);
CREATE INDEX exports_created_by ON public.exports USING btree (created_by);
CREATE INDEX exports_of_workspace ON public.exports USING btree (workspace_id, created_at, id);
CREATE INDEX exports_owner ON public.exports USING btree (owner_id);
CREATE INDEX external_data_sources_due ON public.external_data_sources USING btree (next_sync_at) WHERE enabled;
CREATE INDEX external_data_sources_of_workspace ON public.external_data_sources USING btree (workspace_id, created_at, id);
CREATE INDEX external_data_sources_user ON public.external_data_sources USING btree (user_id);
CREATE INDEX inventory_items_workspace_id_revision_idx ON public.inventory_items USING btree (workspace_id, revision);
CREATE INDEX inventory_items_workspace_id_source_id_parent_external_id_idx ON public.inventory_items USING btree (workspace_id, source_id, parent_external_id) WHERE (parent_external_id IS NOT NULL);
CREATE INDEX invitations_created_by ON public.invitations USING btree (created_by);
CREATE UNIQUE INDEX invitations_open ON public.invitations USING btree (workspace_id, email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));
CREATE INDEX jobs_blocked ON public.jobs USING btree (workspace_id) WHERE ((status = 'queued'::text) AND blocked);
CREATE INDEX jobs_created_by ON public.jobs USING btree (created_by);
CREATE INDEX jobs_due ON public.jobs USING btree (due_at) WHERE ((status = 'queued'::text) AND (NOT blocked));
CREATE INDEX jobs_leased ON public.jobs USING btree (lease_until) WHERE (status = 'running'::text);
CREATE INDEX jobs_of_workspace ON public.jobs USING btree (workspace_id, created_at DESC, id DESC);
CREATE INDEX jobs_owner ON public.jobs USING btree (owner_id);
CREATE INDEX jobs_parent ON public.jobs USING btree (workspace_id, parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX jobs_past ON public.jobs USING btree (completed_at) WHERE (completed_at IS NOT NULL);
CREATE UNIQUE INDEX jobs_retry ON public.jobs USING btree (workspace_id, retry_of) WHERE (retry_of IS NOT NULL);
CREATE INDEX jobs_running ON public.jobs USING btree (workspace_id) WHERE (status = 'running'::text);
CREATE UNIQUE INDEX jobs_singleton ON public.jobs USING btree (workspace_id, singleton_key) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE INDEX jobs_uncleared ON public.jobs USING btree (completed_at) WHERE ((kind = 'export'::text) AND (status = ANY (ARRAY['failed'::text, 'cancelled'::text])) AND ((cleared_at IS NULL) OR (cleared_at < completed_at)));
CREATE INDEX jobs_waiting ON public.jobs USING btree (workspace_id, due_at) WHERE ((status = 'queued'::text) AND (waiting_since IS NOT NULL));
CREATE INDEX ledger_entries_workspace_id_revision_idx ON public.ledger_entries USING btree (workspace_id, revision);
CREATE INDEX ledger_entries_workspace_id_source_id_parent_external_id_idx ON public.ledger_entries USING btree (workspace_id, source_id, parent_external_id) WHERE (parent_external_id IS NOT NULL);
CREATE INDEX purchase_order_lines_workspace_id_revision_idx ON public.purchase_order_lines USING btree (workspace_id, revision);
CREATE INDEX purchase_order_lines_workspace_id_source_id_parent_external_idx ON public.purchase_order_lines USING btree (workspace_id, source_id, parent_external_id) WHERE (parent_external_id IS NOT NULL);
CREATE INDEX purchase_orders_workspace_id_revision_idx ON public.purchase_orders USING btree (workspace_id, revision);
CREATE INDEX purchase_orders_workspace_id_source_id_parent_external_id_idx ON public.purchase_orders USING btree (workspace_id, source_id, parent_external_id) WHERE (parent_external_id IS NOT NULL);
CREATE INDEX row_edits_conflicts ON public.row_edits USING btree (source_id) WHERE (conflict_at IS NOT NULL);
CREATE INDEX row_edits_created_by ON public.row_edits USING btree (created_by);
CREATE INDEX row_edits_workspace ON public.row_edits USING btree (workspace_id);
CREATE INDEX source_webhooks_created_by ON public.source_webhooks USING btree (created_by);
CREATE INDEX source_webhooks_pending ON public.source_webhooks USING btree (pending_at) WHERE (pending_at IS NOT NULL);
CREATE INDEX source_webhooks_workspace ON public.source_webhooks USING btree (workspace_id);
CREATE INDEX sync_changes_age ON public.sync_changes USING btree (created_at);
CREATE INDEX sync_changes_created_by ON public.sync_changes USING btree (created_by);
CREATE INDEX sync_changes_of_row ON public.sync_changes USING btree (dataset_id, external_id, id);
CREATE INDEX sync_changes_of_run ON public.sync_changes USING btree (run_id, id);
CREATE INDEX sync_changes_workspace ON public.sync_changes USING btree (workspace_id);
CREATE INDEX sync_cursors_run ON public.sync_cursors USING btree (run_id);
CREATE INDEX sync_cursors_workspace ON public.sync_cursors USING btree (workspace_id);
CREATE INDEX sync_deletion_rows_open ON public.sync_deletion_rows USING btree (deletion_id, external_id) WHERE (revision IS NULL);
CREATE INDEX sync_deletion_rows_workspace ON public.sync_deletion_rows USING btree (workspace_id);
CREATE INDEX sync_deletions_dataset ON public.sync_deletions USING btree (dataset_id);
CREATE INDEX sync_deletions_decided_by ON public.sync_deletions USING btree (decided_by);
CREATE INDEX sync_deletions_of_source ON public.sync_deletions USING btree (source_id, stream, created_at DESC);
CREATE INDEX sync_deletions_run ON public.sync_deletions USING btree (run_id);
CREATE INDEX sync_deletions_workspace ON public.sync_deletions USING btree (workspace_id);
CREATE INDEX sync_rejects_of_run ON public.sync_rejects USING btree (run_id, id);
CREATE INDEX sync_rejects_of_source ON public.sync_rejects USING btree (source_id, id);
CREATE INDEX sync_rejects_open ON public.sync_rejects USING btree (source_id, stream, id) WHERE (resolved_at IS NULL);
CREATE INDEX sync_rejects_workspace ON public.sync_rejects USING btree (workspace_id);
CREATE INDEX sync_revisions_of_run ON public.sync_revisions USING btree (run_id);
CREATE INDEX sync_revisions_workspace ON public.sync_revisions USING btree (workspace_id);
CREATE INDEX sync_runs_age ON public.sync_runs USING btree (created_at);
CREATE INDEX sync_runs_job ON public.sync_runs USING btree (job_id);
CREATE INDEX sync_runs_of_source ON public.sync_runs USING btree (source_id, created_at DESC, id);
CREATE INDEX sync_runs_of_workspace ON public.sync_runs USING btree (workspace_id, created_at DESC);
CREATE INDEX sync_runs_spooled ON public.sync_runs USING btree (source_id) WHERE spooled;
CREATE INDEX sync_runs_whole ON public.sync_runs USING btree (source_id, completed_at DESC) WHERE (whole AND (NOT dry_run));
CREATE INDEX uploads_created_by ON public.uploads USING btree (created_by);
CREATE INDEX uploads_of_workspace ON public.uploads USING btree (workspace_id, created_at, id);
CREATE INDEX vendors_workspace_id_revision_idx ON public.vendors USING btree (workspace_id, revision);
CREATE INDEX vendors_workspace_id_source_id_parent_external_id_idx ON public.vendors USING btree (workspace_id, source_id, parent_external_id) WHERE (parent_external_id IS NOT NULL);
CREATE INDEX workspace_members_user ON public.workspace_members USING btree (user_id);
CREATE INDEX workspaces_created_by ON public.workspaces USING btree (created_by);

-- Functions

CREATE OR REPLACE FUNCTION private.accept_invitation(hash bytea)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$
;
CREATE OR REPLACE FUNCTION private.acting_user()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  actor constant uuid := nullif(current_setting('entrepot.actor_id', true), '')::uuid;
begin
  case current_setting('entrepot.actor_kind', true)
    when 'user' then return actor;
    when 'api_key' then return (select k.created_by from public.api_keys k where k.id = actor);
    when 'job' then return (select j.owner_id from public.jobs j where j.id = actor);
    else return null;
  end case;
end
$function$
;
CREATE OR REPLACE FUNCTION private.actor_rank()
 RETURNS integer
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  workspace constant uuid := nullif(current_setting('entrepot.workspace_id', true), '')::uuid;
  actor constant uuid := nullif(current_setting('entrepot.actor_id', true), '')::uuid;
begin
  case current_setting('entrepot.actor_kind', true)
    when 'user' then
      return coalesce((
        select private.rank_of(m.role) from public.workspace_members m
        where m.workspace_id = workspace and m.user_id = actor), 0);
    when 'api_key' then
      return coalesce((
        select least(private.rank_of(k.scope), private.rank_of(m.role))
        from public.api_keys k
        join public.workspace_members m on m.workspace_id = k.workspace_id and m.user_id = k.created_by
        where k.id = actor and k.workspace_id = workspace
          and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())), 0);
    when 'job' then
      return coalesce((
        select 2 from public.jobs j
        where j.id = actor and j.workspace_id = workspace and j.status = 'running'), 0);
    else
      return 0;
  end case;
end
$function$
;
CREATE OR REPLACE FUNCTION private.add_builtin_datasets()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  insert into public.datasets (workspace_id, name, label, kind, table_schema, table_name, columns, key, relations)
  select new.id, b.name, b.label, 'builtin', 'public', b.name,
    private.typed_columns(format('public.%I', b.name)::regclass), b.key, private.builtin_relations(b.name)
  from (values
    ('inventory_items', 'Inventory items', array['sku']),
    ('vendors', 'Vendors', array['vendor_id']),
    ('purchase_orders', 'Purchase orders', array['order_number']),
    ('purchase_order_lines', 'Purchase order lines', array['order_number', 'line_number']),
    ('ledger_entries', 'Ledger entries', array['entry_id'])
  ) as b (name, label, key);
  return null;
end
$function$
;
CREATE OR REPLACE FUNCTION private.authenticate_api_key(key_hash bytea)
 RETURNS TABLE(id uuid, workspace_id uuid, scope text, user_id uuid, role text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  update public.api_keys k set last_used_at = now()
  where k.hash = key_hash and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute');
  return query
    select k.id, k.workspace_id, k.scope, k.created_by, m.role
    from public.api_keys k
    join public.workspace_members m on m.workspace_id = k.workspace_id and m.user_id = k.created_by
    where k.hash = key_hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > now());
end
$function$
;
CREATE OR REPLACE FUNCTION private.builtin_relations(dataset text)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select coalesce(jsonb_agg(private.relation(r.name, r.target, r.kind, r.own, r.other, r.same_source)), '[]')
  from (values
    ('inventory_items', 'vendor', 'vendors', 'one', 'preferred_vendor_id', 'vendor_id', true),
    ('inventory_items', 'order_lines', 'purchase_order_lines', 'many', 'sku', 'sku', false),
    ('inventory_items', 'ledger', 'ledger_entries', 'many', 'sku', 'sku', false),
    ('vendors', 'orders', 'purchase_orders', 'many', 'vendor_id', 'vendor_id', true),
    ('vendors', 'items', 'inventory_items', 'many', 'vendor_id', 'preferred_vendor_id', true),
    ('purchase_orders', 'lines', 'purchase_order_lines', 'many', 'order_number', 'order_number', true),
    ('purchase_orders', 'vendor', 'vendors', 'one', 'vendor_id', 'vendor_id', true),
    ('purchase_order_lines', 'order', 'purchase_orders', 'one', 'order_number', 'order_number', true),
    ('purchase_order_lines', 'item', 'inventory_items', 'one', 'sku', 'sku', false),
    ('ledger_entries', 'item', 'inventory_items', 'one', 'sku', 'sku', false)
  ) as r (dataset, name, target, kind, own, other, same_source)
  where r.dataset = builtin_relations.dataset
$function$
;
CREATE OR REPLACE FUNCTION private.bump_version()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  new.version := old.version + 1;
  return new;
end
$function$
;
CREATE OR REPLACE FUNCTION private.claim_request(asked_key bytea, asked_request bytea, OUT state text, OUT claim uuid, OUT status integer, OUT key_id text, OUT answer bytea)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$
;
CREATE OR REPLACE FUNCTION private.commit_page(job uuid, token uuid, new_progress jsonb, lease interval)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  update public.jobs j
  set progress = j.progress || new_progress, lease_until = now() + lease, attempts = 0
  where j.id = job and j.lease_token = token and j.status = 'running'
    and j.workspace_id = (select private.current_workspace());
  if not found then
    raise exception 'the lease of job % has passed to another worker', job using errcode = 'ENT01';
  end if;
end
$function$
;
CREATE OR REPLACE FUNCTION private.create_dataset(dataset_name text, dataset_label text, dataset_columns jsonb, dataset_key text[])
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  workspace constant uuid := private.current_workspace();
  dataset constant uuid := gen_random_uuid();
  made_name constant text := 'd_' || replace(dataset::text, '-', '');
begin
  if workspace is null or not private.may('editor') then
    raise exception 'only an editor makes a dataset' using errcode = 'insufficient_privilege';
  end if;
  insert into public.datasets (id, workspace_id, name, label, kind, table_schema, table_name, columns, key)
  values (dataset, workspace, dataset_name, dataset_label, 'made', 'data', made_name, dataset_columns, dataset_key);
  execute format('create table data.%I (%s)', made_name, (
    select string_agg(format('%I %s', c ->> 'name', private.postgres_type(c ->> 'type')), ', ' order by place)
    from jsonb_array_elements(dataset_columns) with ordinality as listed (c, place)));
  perform private.equip_dataset(format('data.%I', made_name)::regclass);
  return dataset;
end
$function$
;
CREATE OR REPLACE FUNCTION private.create_personal_workspace()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  workspace uuid;
begin
  insert into public.workspaces (name, created_by)
  values (coalesce(nullif(split_part(new.email, '@', 1), ''), 'Personal'), new.id)
  returning id into workspace;
  insert into public.workspace_members (workspace_id, user_id, role) values (workspace, new.id, 'owner');
  return new;
end
$function$
;
CREATE OR REPLACE FUNCTION private.create_workspace(workspace_name text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  workspace uuid;
begin
  if auth.uid() is null then
    raise exception 'sign in first' using errcode = 'insufficient_privilege';
  end if;
  insert into public.workspaces (name, created_by) values (workspace_name, auth.uid()) returning id into workspace;
  insert into public.workspace_members (workspace_id, user_id, role) values (workspace, auth.uid(), 'owner');
  return workspace;
end
$function$
;
CREATE OR REPLACE FUNCTION private.current_workspace()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select nullif(current_setting('entrepot.workspace_id', true), '')::uuid where private.actor_rank() > 0
$function$
;
CREATE OR REPLACE FUNCTION private.equip_dataset(target regclass)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  execute format($ddl$
    alter table %1$s
      add column workspace_id uuid not null references public.workspaces (id) on delete cascade,
      add column source_id uuid not null default '00000000-0000-0000-0000-000000000000',
      add column stream text collate "C" not null default '',
      add column external_id text collate "C" not null default gen_random_uuid()::text,
      add column parent_external_id text,
      add column source_system text not null default 'manual',
      add column row_hash uuid,
      add column source_version timestamptz,
      add column synced_at timestamptz not null default now(),
      add column deleted_at timestamptz,
      add column created_revision bigint not null,
      add column revision bigint not null,
      add column extra jsonb,
      add primary key (workspace_id, source_id, stream, external_id)
  $ddl$, target);
  execute format('create index on %s (workspace_id, revision)', target);
  execute format('create index on %s (workspace_id, source_id, parent_external_id)
    where parent_external_id is not null', target);
  execute format('create trigger stamp_new before insert on %s for each row
    when (new.revision is null) execute function private.stamp_revision()', target);
  execute format('create trigger stamp_changed before update on %s for each row
    when (new.revision is not distinct from old.revision) execute function private.stamp_revision()', target);
  execute format('create trigger note_removal after delete on %s referencing old table as removed
    for each statement execute function private.note_removal()', target);
  execute format('revoke all on %s from anon, authenticated', target);
  execute format('grant select, insert, update, delete on %s to entrepot_member', target);
  execute format('grant select on %s to authenticated', target);
  execute format('grant all on %s to service_role', target);
  execute format('alter table %s enable row level security', target);
  execute format('create policy "Members see the rows of their workspace" on %s for select to entrepot_member
    using (workspace_id = (select private.current_workspace()))', target);
  execute format('create policy "The Data API shows the rows of one''s workspaces" on %s for select to authenticated
    using (workspace_id = any (array(select private.my_workspace_ids())))', target);
  execute format('create policy "Editors add rows" on %s for insert to entrepot_member
    with check (workspace_id = (select private.current_workspace()) and (select private.may(''editor'')))', target);
  execute format('create policy "Editors change rows" on %s for update to entrepot_member
    using (workspace_id = (select private.current_workspace()) and (select private.may(''editor'')))
    with check (workspace_id = (select private.current_workspace()))', target);
  execute format('create policy "Editors remove rows" on %s for delete to entrepot_member
    using (workspace_id = (select private.current_workspace()) and (select private.may(''editor'')))', target);
end
$function$
;
CREATE OR REPLACE FUNCTION private.forget_seen(run uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  delete from private.sync_seen s using public.sync_runs r
  where s.run_id = run and r.id = run
    and (current_setting('role', true) = 'service_role' or r.workspace_id = (select private.current_workspace()))
$function$
;
CREATE OR REPLACE FUNCTION private.get_external_source_credentials(source uuid)
 RETURNS TABLE(workspace_id uuid, key_id text, ciphertext bytea)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  if current_setting('role', true) is distinct from 'service_role' then
    raise exception 'credentials are read by the service alone' using errcode = 'insufficient_privilege';
  end if;
  return query
    select c.workspace_id, c.key_id, c.ciphertext from private.source_credentials c where c.source_id = source;
end
$function$
;
CREATE OR REPLACE FUNCTION private.give_exports(workspace uuid, heir uuid, exports uuid[])
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$
;
CREATE OR REPLACE FUNCTION private.give_up_claim(held_claim uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  delete from private.idempotent_requests r
  where r.workspace_id = private.current_workspace() and r.claim = held_claim and r.status is null
$function$
;
CREATE OR REPLACE FUNCTION private.hold_job(job uuid, token uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  cancelled boolean;
begin
  select j.cancel_requested_at is not null into cancelled from public.jobs j
  where j.id = job and j.lease_token = token and j.status = 'running'
    and j.workspace_id = (select private.current_workspace())
  for no key update;
  if not found then
    raise exception 'the lease of job % has passed to another worker', job using errcode = 'ENT01';
  end if;
  if cancelled then
    raise exception 'job % is to be cancelled', job using errcode = 'ENT02';
  end if;
end
$function$
;
CREATE OR REPLACE FUNCTION private.increment_rate_limit(limits jsonb)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$
;
CREATE OR REPLACE FUNCTION private.invitation_state(invitation invitations)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select case
    when invitation.accepted_at is not null then 'accepted'
    when invitation.revoked_at is not null then 'revoked'
    when invitation.expires_at <= now() then 'expired'
    else 'open'
  end
$function$
;
CREATE OR REPLACE FUNCTION private.keep_an_owner()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$
;
CREATE OR REPLACE FUNCTION private.keep_answer(held_claim uuid, given_status integer, given_key_id text, given_answer bytea)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  update private.idempotent_requests r
  set status = given_status, key_id = given_key_id, answer = given_answer
  where r.workspace_id = private.current_workspace() and r.claim = held_claim and r.status is null
$function$
;
CREATE OR REPLACE FUNCTION private.keep_revoked()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  new.revoked_at := coalesce(old.revoked_at, new.revoked_at);
  return new;
end
$function$
;
CREATE OR REPLACE FUNCTION private.mask_columns(query jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select case when query ? 'columns' then jsonb_set(query, '{columns}', (
    select coalesce(jsonb_agg(each.of_query - 'personal' order by each.place), '[]')
    from jsonb_array_elements(query -> 'columns') with ordinality as each (of_query, place)))
  else query end
$function$
;
CREATE OR REPLACE FUNCTION private.mask_for_owner()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  masked jsonb := private.mask_columns(new.definition - 'personal');
begin
  if masked ? 'tables' then
    masked := jsonb_set(masked, '{tables}', (
      select coalesce(jsonb_agg(private.mask_columns(each.of_export) order by each.place), '[]')
      from jsonb_array_elements(masked -> 'tables') with ordinality as each (of_export, place)));
  end if;
  if masked <> new.definition then
    new.definition := masked;
    insert into public.audit_log (workspace_id, action, target_id)
    values (new.workspace_id, 'export.masked', new.id);
  end if;
  return new;
end
$function$
;
CREATE OR REPLACE FUNCTION private.may(role text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select private.actor_rank() >= private.rank_of(role)
$function$
;
CREATE OR REPLACE FUNCTION private.may_give(scope text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select private.rank_of(scope) <= private.actor_rank()
$function$
;
CREATE OR REPLACE FUNCTION private.my_profile()
 RETURNS TABLE(display_name text, time_zone text, alert_mails boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select p.display_name, p.time_zone, p.alert_mails from public.profiles p where p.user_id = auth.uid()
$function$
;
CREATE OR REPLACE FUNCTION private.my_workspace_ids()
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  return query select m.workspace_id from public.workspace_members m where m.user_id = auth.uid();
end
$function$
;
CREATE OR REPLACE FUNCTION private.my_workspaces()
 RETURNS TABLE(id uuid, name text, role text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select w.id, w.name, m.role
  from public.workspaces w join public.workspace_members m on m.workspace_id = w.id
  where m.user_id = auth.uid()
  order by w.created_at, w.id
$function$
;
CREATE OR REPLACE FUNCTION private.next_revision(dataset uuid)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  setting constant text := 'entrepot.revision_' || replace(dataset::text, '-', '');
  taken bigint := nullif(current_setting(setting, true), '')::bigint;
begin
  if taken is not null then
    return taken;
  end if;
  update public.datasets d set revision = d.revision + 1
  where d.id = dataset
    and (current_setting('role', true) is distinct from 'entrepot_member'
      or (d.workspace_id = private.current_workspace() and private.may('editor')))
  returning d.revision into taken;
  if taken is null then
    raise exception 'no dataset % to write to', dataset using errcode = 'insufficient_privilege';
  end if;
  perform set_config(setting, taken::text, true);
  return taken;
end
$function$
;
CREATE OR REPLACE FUNCTION private.note_removal()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform private.next_revision(d.id)
  from public.datasets d
  where d.table_name = tg_table_name and d.table_schema = tg_table_schema
    and d.workspace_id in (select distinct removed.workspace_id from removed);
  return null;
end
$function$
;
CREATE OR REPLACE FUNCTION private.note_seen(run uuid, of_stream text, of_page integer, seen text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  if not exists (select from public.sync_runs r where r.id = run
      and r.workspace_id = (select private.current_workspace()) and (select private.may('editor'))) then
    raise exception 'no run % to write to', run using errcode = 'insufficient_privilege';
  end if;
  insert into private.sync_seen (run_id, stream, page, keys) values (run, of_stream, of_page, seen)
  on conflict (run_id, stream, page) do update set keys = excluded.keys;
end
$function$
;
CREATE OR REPLACE FUNCTION private.open_download(artifact uuid)
 RETURNS TABLE(path text, file_name text, media_type text, bytes bigint)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  insert into public.audit_log (workspace_id, action, target_id)
  select a.workspace_id, 'artifact.downloaded', a.id from public.artifacts a where a.id = artifact;
  return query
    select a.path, a.file_name, a.media_type, a.bytes from public.artifacts a where a.id = artifact;
end
$function$
;
CREATE OR REPLACE FUNCTION private.paused_exports()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select e.id from public.exports e
  where e.workspace_id = (select private.current_workspace())
    and not exists (
      select from public.workspace_members m
      where m.workspace_id = e.workspace_id and m.user_id = e.owner_id and m.role in ('owner', 'editor'))
$function$
;
CREATE OR REPLACE FUNCTION private.percentile(sorted numeric[], share numeric)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO ''
AS $function$
  select trim_scale(case
    when at = floor(at) then sorted[at::int + 1]
    else sorted[floor(at)::int + 1] + (sorted[ceil(at)::int + 1] - sorted[floor(at)::int + 1]) * (at - floor(at))
  end)
  from (select share * (cardinality(sorted) - 1)) as place (at)
$function$
;
CREATE OR REPLACE FUNCTION private.postgres_type(column_type text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
begin
  return case column_type
    when 'text' then 'text'
    when 'integer' then 'bigint'
    when 'decimal' then 'numeric'
    when 'boolean' then 'boolean'
    when 'date' then 'date'
    when 'timestamp' then 'timestamptz'
    when 'json' then 'jsonb'
  end;
end
$function$
;
CREATE OR REPLACE FUNCTION private.rank_of(role_or_scope text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select case role_or_scope
    when 'viewer' then 1 when 'read' then 1
    when 'editor' then 2 when 'write' then 2
    when 'owner' then 3 when 'admin' then 3
    else 0
  end
$function$
;
CREATE OR REPLACE FUNCTION private.read_invitation(hash bytea)
 RETURNS TABLE(id uuid, workspace_id uuid, workspace_name text, email text, role text, invited_by text, state text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select i.id, i.workspace_id, w.name, i.email, i.role, coalesce(p.display_name, u.email::text),
    private.invitation_state(i)
  from public.invitations i
  join public.workspaces w on w.id = i.workspace_id
  left join auth.users u on u.id = i.created_by
  left join public.profiles p on p.user_id = i.created_by
  where i.token_hash = hash
$function$
;
CREATE OR REPLACE FUNCTION private.register_view(dataset_name text, dataset_label text, view_schema text, view_name text, dataset_columns jsonb, dataset_key text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  if private.current_workspace() is null or not private.may('editor') then
    raise exception 'only an editor registers a view' using errcode = 'insufficient_privilege';
  end if;
  insert into public.datasets (workspace_id, name, label, kind, table_schema, table_name, columns, key)
  values (private.current_workspace(), dataset_name, dataset_label, 'view', view_schema, view_name,
    dataset_columns, dataset_key);
end
$function$
;
CREATE OR REPLACE FUNCTION private.relation(name text, target text, kind text, from_column text, to_column text, same_source boolean)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select jsonb_build_object('name', name, 'dataset', target, 'kind', kind,
    'columns', jsonb_build_array(jsonb_build_object('from', from_column, 'to', to_column)), 'sameSource', same_source,
    'builtIn', true)
$function$
;
CREATE OR REPLACE FUNCTION private.remove_member(member uuid, heir uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$
;
CREATE OR REPLACE FUNCTION private.resume_exports(heir uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  if not private.may('owner') then
    raise exception 'an owner hands exports over' using errcode = 'insufficient_privilege';
  end if;
  return private.give_exports(private.current_workspace(), heir, array(select private.paused_exports()));
end
$function$
;
CREATE OR REPLACE FUNCTION private.save_my_profile(new_name text, new_zone text, new_alert_mails boolean)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform now() at time zone new_zone;
  insert into public.profiles (user_id, display_name, time_zone, alert_mails)
  values (auth.uid(), new_name, new_zone, new_alert_mails)
  on conflict (user_id) do update set display_name = excluded.display_name, time_zone = excluded.time_zone,
    alert_mails = excluded.alert_mails;
end
$function$
;
CREATE OR REPLACE FUNCTION private.seen_keys(run uuid, of_stream text)
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 100000
 SET search_path TO ''
AS $function$
  select unnest(s.keys) from private.sync_seen s join public.sync_runs r on r.id = s.run_id
  where s.run_id = run and s.stream = of_stream and r.workspace_id = (select private.current_workspace())
$function$
;
CREATE OR REPLACE FUNCTION private.seen_pages(run uuid, of_stream text)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select count(*)::int from private.sync_seen s join public.sync_runs r on r.id = s.run_id
  where s.run_id = run and s.stream = of_stream and r.workspace_id = (select private.current_workspace())
$function$
;
CREATE OR REPLACE FUNCTION private.stamp_audit_actor()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  new.actor_kind := coalesce(nullif(current_setting('entrepot.actor_kind', true), ''), 'system');
  new.actor_id := nullif(current_setting('entrepot.actor_id', true), '')::uuid;
  new.user_id := private.acting_user();
  new.at := now();
  return new;
end
$function$
;
CREATE OR REPLACE FUNCTION private.stamp_creator()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  if tg_op = 'INSERT' then
    new.created_by := coalesce(private.acting_user(), new.created_by);
  elsif new.created_by is not null then
    new.created_by := old.created_by;
  end if;
  return new;
end
$function$
;
CREATE OR REPLACE FUNCTION private.stamp_owner()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  new.owner_id := coalesce(private.acting_user(), new.owner_id);
  return new;
end
$function$
;
CREATE OR REPLACE FUNCTION private.stamp_revision()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  dataset uuid;
begin
  select d.id into dataset from public.datasets d
  where d.workspace_id = new.workspace_id and d.table_name = tg_table_name and d.table_schema = tg_table_schema;
  new.revision := private.next_revision(dataset);
  if tg_op = 'INSERT' then
    new.created_revision := new.revision;
  end if;
  return new;
end
$function$
;
CREATE OR REPLACE FUNCTION private.stamp_source_user()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  new.user_id := case when tg_op = 'INSERT' then coalesce(private.acting_user(), new.user_id) else old.user_id end;
  return new;
end
$function$
;
CREATE OR REPLACE FUNCTION private.take_over_run()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  update public.sync_runs set job_id = new.id where job_id = new.retry_of;
  return null;
end
$function$
;
CREATE OR REPLACE FUNCTION private.touch_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  new.updated_at := now();
  return new;
end
$function$
;
CREATE OR REPLACE FUNCTION private.typed_columns(target regclass)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
      'name', a.attname,
      'type', case format_type(a.atttypid, null)
        when 'bigint' then 'integer' when 'numeric' then 'decimal'
        when 'timestamp with time zone' then 'timestamp' when 'jsonb' then 'json'
        else format_type(a.atttypid, null) end,
      'label', upper(left(replace(a.attname, '_', ' '), 1)) || substr(replace(a.attname, '_', ' '), 2),
      'currency', case when a.attname in
        ('unit_cost', 'unit_price', 'subtotal', 'tax', 'shipping', 'total', 'line_total', 'amount') then 'currency' end
    )) order by a.attnum)
  from pg_catalog.pg_attribute a
  where a.attrelid = target and a.attnum > 0 and not a.attisdropped
    and a.attnum < (select w.attnum from pg_catalog.pg_attribute w where w.attrelid = target and w.attname = 'workspace_id')
$function$
;
CREATE OR REPLACE FUNCTION private.unregister_view(dataset uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  if private.current_workspace() is null or not private.may('editor') then
    raise exception 'only an editor takes a view away' using errcode = 'insufficient_privilege';
  end if;
  delete from public.datasets d
  where d.id = dataset and d.workspace_id = private.current_workspace() and d.kind = 'view';
end
$function$
;
CREATE OR REPLACE FUNCTION private.workspace_people()
 RETURNS TABLE(user_id uuid, email text, display_name text, role text, joined_at timestamp with time zone, alert_mails boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select m.user_id, u.email::text, p.display_name, m.role, m.created_at, coalesce(p.alert_mails, true)
  from public.workspace_members m
  join auth.users u on u.id = m.user_id
  left join public.profiles p on p.user_id = m.user_id
  where m.workspace_id = (select private.current_workspace())
  order by m.created_at, m.user_id
$function$
;

-- Triggers

CREATE TRIGGER keep_revoked BEFORE UPDATE ON public.api_keys FOR EACH ROW EXECUTE FUNCTION private.keep_revoked();
CREATE TRIGGER stamp_creator BEFORE INSERT OR UPDATE ON public.api_keys FOR EACH ROW EXECUTE FUNCTION private.stamp_creator();
CREATE TRIGGER stamp_audit_actor BEFORE INSERT ON public.audit_log FOR EACH ROW EXECUTE FUNCTION private.stamp_audit_actor();
CREATE TRIGGER entrepot_personal_workspace AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION private.create_personal_workspace();
CREATE TRIGGER stamp_creator BEFORE INSERT OR UPDATE ON public.datasets FOR EACH ROW EXECUTE FUNCTION private.stamp_creator();
CREATE TRIGGER touch_updated_at BEFORE UPDATE OF label, columns, relations ON public.datasets FOR EACH ROW EXECUTE FUNCTION private.touch_updated_at();
CREATE TRIGGER stamp_creator BEFORE INSERT OR UPDATE ON public.export_templates FOR EACH ROW EXECUTE FUNCTION private.stamp_creator();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.export_templates FOR EACH ROW EXECUTE FUNCTION private.touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.export_watermarks FOR EACH ROW EXECUTE FUNCTION private.touch_updated_at();
CREATE TRIGGER mask_for_owner BEFORE UPDATE OF owner_id ON public.exports FOR EACH ROW WHEN ((new.owner_id IS DISTINCT FROM old.owner_id)) EXECUTE FUNCTION private.mask_for_owner();
CREATE TRIGGER stamp_creator BEFORE INSERT OR UPDATE ON public.exports FOR EACH ROW EXECUTE FUNCTION private.stamp_creator();
CREATE TRIGGER stamp_owner BEFORE INSERT ON public.exports FOR EACH ROW EXECUTE FUNCTION private.stamp_owner();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.exports FOR EACH ROW EXECUTE FUNCTION private.touch_updated_at();
CREATE TRIGGER stamp_source_user BEFORE INSERT OR UPDATE ON public.external_data_sources FOR EACH ROW EXECUTE FUNCTION private.stamp_source_user();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.external_data_sources FOR EACH ROW EXECUTE FUNCTION private.touch_updated_at();
CREATE TRIGGER note_removal AFTER DELETE ON public.inventory_items REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION private.note_removal();
CREATE TRIGGER stamp_changed BEFORE UPDATE ON public.inventory_items FOR EACH ROW WHEN ((NOT (new.revision IS DISTINCT FROM old.revision))) EXECUTE FUNCTION private.stamp_revision();
CREATE TRIGGER stamp_new BEFORE INSERT ON public.inventory_items FOR EACH ROW WHEN ((new.revision IS NULL)) EXECUTE FUNCTION private.stamp_revision();
CREATE TRIGGER stamp_creator BEFORE INSERT ON public.invitations FOR EACH ROW EXECUTE FUNCTION private.stamp_creator();
CREATE TRIGGER bump_version BEFORE UPDATE OF status, progress, result, error, warnings, cancel_requested_at ON public.jobs FOR EACH ROW EXECUTE FUNCTION private.bump_version();
CREATE TRIGGER stamp_creator BEFORE INSERT ON public.jobs FOR EACH ROW EXECUTE FUNCTION private.stamp_creator();
CREATE TRIGGER stamp_owner BEFORE INSERT ON public.jobs FOR EACH ROW EXECUTE FUNCTION private.stamp_owner();
CREATE TRIGGER take_over_run AFTER INSERT ON public.jobs FOR EACH ROW WHEN ((new.retry_of IS NOT NULL)) EXECUTE FUNCTION private.take_over_run();
CREATE TRIGGER note_removal AFTER DELETE ON public.ledger_entries REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION private.note_removal();
CREATE TRIGGER stamp_changed BEFORE UPDATE ON public.ledger_entries FOR EACH ROW WHEN ((NOT (new.revision IS DISTINCT FROM old.revision))) EXECUTE FUNCTION private.stamp_revision();
CREATE TRIGGER stamp_new BEFORE INSERT ON public.ledger_entries FOR EACH ROW WHEN ((new.revision IS NULL)) EXECUTE FUNCTION private.stamp_revision();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.profiles FOR EACH ROW EXECUTE FUNCTION private.touch_updated_at();
CREATE TRIGGER note_removal AFTER DELETE ON public.purchase_order_lines REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION private.note_removal();
CREATE TRIGGER stamp_changed BEFORE UPDATE ON public.purchase_order_lines FOR EACH ROW WHEN ((NOT (new.revision IS DISTINCT FROM old.revision))) EXECUTE FUNCTION private.stamp_revision();
CREATE TRIGGER stamp_new BEFORE INSERT ON public.purchase_order_lines FOR EACH ROW WHEN ((new.revision IS NULL)) EXECUTE FUNCTION private.stamp_revision();
CREATE TRIGGER note_removal AFTER DELETE ON public.purchase_orders REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION private.note_removal();
CREATE TRIGGER stamp_changed BEFORE UPDATE ON public.purchase_orders FOR EACH ROW WHEN ((NOT (new.revision IS DISTINCT FROM old.revision))) EXECUTE FUNCTION private.stamp_revision();
CREATE TRIGGER stamp_new BEFORE INSERT ON public.purchase_orders FOR EACH ROW WHEN ((new.revision IS NULL)) EXECUTE FUNCTION private.stamp_revision();
CREATE TRIGGER stamp_creator BEFORE INSERT OR UPDATE ON public.row_edits FOR EACH ROW EXECUTE FUNCTION private.stamp_creator();
CREATE TRIGGER stamp_creator BEFORE INSERT ON public.source_webhooks FOR EACH ROW EXECUTE FUNCTION private.stamp_creator();
CREATE TRIGGER stamp_creator BEFORE INSERT ON public.sync_changes FOR EACH ROW WHEN ((new.run_id IS NULL)) EXECUTE FUNCTION private.stamp_creator();
CREATE TRIGGER stamp_creator BEFORE INSERT OR UPDATE ON public.uploads FOR EACH ROW EXECUTE FUNCTION private.stamp_creator();
CREATE TRIGGER note_removal AFTER DELETE ON public.vendors REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION private.note_removal();
CREATE TRIGGER stamp_changed BEFORE UPDATE ON public.vendors FOR EACH ROW WHEN ((NOT (new.revision IS DISTINCT FROM old.revision))) EXECUTE FUNCTION private.stamp_revision();
CREATE TRIGGER stamp_new BEFORE INSERT ON public.vendors FOR EACH ROW WHEN ((new.revision IS NULL)) EXECUTE FUNCTION private.stamp_revision();
CREATE TRIGGER keep_an_owner BEFORE DELETE OR UPDATE OF role ON public.workspace_members FOR EACH ROW EXECUTE FUNCTION private.keep_an_owner();
CREATE TRIGGER add_builtin_datasets AFTER INSERT ON public.workspaces FOR EACH ROW EXECUTE FUNCTION private.add_builtin_datasets();

-- Policies

create policy "Editors make keys" on public.api_keys for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may) AND private.may_give(scope)));
create policy "Members see the keys of their workspace" on public.api_keys for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Owners and the maker rename and revoke keys" on public.api_keys for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may) AND (( SELECT private.may('owner'::text) AS may) OR (created_by = ( SELECT private.acting_user() AS acting_user)))))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors make artifacts" on public.artifacts for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the artifacts of their workspace" on public.artifacts for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Whoever acts leaves a trace" on public.audit_log for insert to entrepot_member
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors read the audit trail" on public.audit_log for select to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the datasets of their workspace" on public.datasets for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors relabel and relate datasets" on public.datasets for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors forget a difference" on public.export_changes for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors note a difference" on public.export_changes for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see what a run has found to differ" on public.export_changes for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors change a difference" on public.export_changes for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors forget a delivered row" on public.export_ledger for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors note a delivered row" on public.export_ledger for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see what an export has delivered" on public.export_ledger for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors change a delivered row" on public.export_ledger for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors remove templates" on public.export_templates for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors make templates" on public.export_templates for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the templates of their workspace" on public.export_templates for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors change templates" on public.export_templates for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors reset a watermark" on public.export_watermarks for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors start a watermark" on public.export_watermarks for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see how far an export has come" on public.export_watermarks for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors move a watermark" on public.export_watermarks for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors remove exports" on public.exports for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors define exports" on public.exports for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the exports of their workspace" on public.exports for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors change exports" on public.exports for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors remove sources" on public.external_data_sources for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors add sources" on public.external_data_sources for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the sources of their workspace" on public.external_data_sources for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors change sources" on public.external_data_sources for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "The Data API shows the rows of one's workspaces" on public.inventory_items for select to authenticated
  using ((workspace_id = ANY (ARRAY( SELECT private.my_workspace_ids() AS my_workspace_ids))));
create policy "Editors remove rows" on public.inventory_items for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors add rows" on public.inventory_items for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the rows of their workspace" on public.inventory_items for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors change rows" on public.inventory_items for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Owners invite" on public.invitations for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('owner'::text) AS may)));
create policy "Owners see whom they have invited" on public.invitations for select to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('owner'::text) AS may)));
create policy "Owners renew and revoke invitations" on public.invitations for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('owner'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors queue jobs" on public.jobs for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the jobs of their workspace" on public.jobs for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors ask for a job to be cancelled" on public.jobs for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "The Data API shows the rows of one's workspaces" on public.ledger_entries for select to authenticated
  using ((workspace_id = ANY (ARRAY( SELECT private.my_workspace_ids() AS my_workspace_ids))));
create policy "Editors remove rows" on public.ledger_entries for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors add rows" on public.ledger_entries for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the rows of their workspace" on public.ledger_entries for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors change rows" on public.ledger_entries for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "The Data API shows the rows of one's workspaces" on public.purchase_order_lines for select to authenticated
  using ((workspace_id = ANY (ARRAY( SELECT private.my_workspace_ids() AS my_workspace_ids))));
create policy "Editors remove rows" on public.purchase_order_lines for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors add rows" on public.purchase_order_lines for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the rows of their workspace" on public.purchase_order_lines for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors change rows" on public.purchase_order_lines for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "The Data API shows the rows of one's workspaces" on public.purchase_orders for select to authenticated
  using ((workspace_id = ANY (ARRAY( SELECT private.my_workspace_ids() AS my_workspace_ids))));
create policy "Editors remove rows" on public.purchase_orders for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors add rows" on public.purchase_orders for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the rows of their workspace" on public.purchase_orders for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors change rows" on public.purchase_orders for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs remove from it" on public.row_edits for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors and jobs add to it" on public.row_edits for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the sync history of their workspace" on public.row_edits for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs change it" on public.row_edits for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors remove them" on public.source_webhooks for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors make such addresses" on public.source_webhooks for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see where sources are called" on public.source_webhooks for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs change them" on public.source_webhooks for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs remove from it" on public.sync_changes for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors and jobs add to it" on public.sync_changes for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the sync history of their workspace" on public.sync_changes for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs change it" on public.sync_changes for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs remove from it" on public.sync_cursors for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors and jobs add to it" on public.sync_cursors for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the sync history of their workspace" on public.sync_cursors for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs change it" on public.sync_cursors for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs remove from it" on public.sync_deletion_rows for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors and jobs add to it" on public.sync_deletion_rows for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the sync history of their workspace" on public.sync_deletion_rows for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs change it" on public.sync_deletion_rows for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs remove from it" on public.sync_deletions for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors and jobs add to it" on public.sync_deletions for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the sync history of their workspace" on public.sync_deletions for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs change it" on public.sync_deletions for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs remove from it" on public.sync_rejects for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors and jobs add to it" on public.sync_rejects for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the sync history of their workspace" on public.sync_rejects for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs change it" on public.sync_rejects for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs remove from it" on public.sync_revisions for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors and jobs add to it" on public.sync_revisions for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the sync history of their workspace" on public.sync_revisions for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs change it" on public.sync_revisions for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs remove from it" on public.sync_runs for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors and jobs add to it" on public.sync_runs for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the sync history of their workspace" on public.sync_runs for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors and jobs change it" on public.sync_runs for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors remove uploads" on public.uploads for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors upload files" on public.uploads for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the uploads of their workspace" on public.uploads for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "The Data API shows the rows of one's workspaces" on public.vendors for select to authenticated
  using ((workspace_id = ANY (ARRAY( SELECT private.my_workspace_ids() AS my_workspace_ids))));
create policy "Editors remove rows" on public.vendors for delete to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Editors add rows" on public.vendors for insert to entrepot_member
  with check (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)));
create policy "Members see the rows of their workspace" on public.vendors for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Editors change rows" on public.vendors for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('editor'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Members see the members of their workspace" on public.workspace_members for select to entrepot_member
  using ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Owners change a member's role" on public.workspace_members for update to entrepot_member
  using (((workspace_id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('owner'::text) AS may)))
  with check ((workspace_id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Members see their workspace" on public.workspaces for select to entrepot_member
  using ((id = ( SELECT private.current_workspace() AS current_workspace)));
create policy "Owners rename their workspace" on public.workspaces for update to entrepot_member
  using (((id = ( SELECT private.current_workspace() AS current_workspace)) AND ( SELECT private.may('owner'::text) AS may)))
  with check ((id = ( SELECT private.current_workspace() AS current_workspace)));

-- Grants on tables

grant delete, select on private.idempotent_requests to service_role;
grant insert, select on private.pseudonym_secrets to service_role;
grant delete, insert, references, select, trigger, truncate, update on private.rate_limit_closures to service_role;
grant delete, insert, references, select, trigger, truncate, update on private.rate_limit_windows to service_role;
grant delete, insert, references, select, trigger, truncate, update on private.response_cache to service_role;
grant delete, insert, update on private.source_credentials to service_role;
grant delete, insert, references, select, trigger, truncate, update on private.sync_seen to service_role;
grant delete, insert, references, select, trigger, truncate, update on public.api_keys to service_role;
grant insert, select on public.artifacts to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.artifacts to service_role;
grant select on public.audit_log to entrepot_member;
grant insert, select on public.audit_log to service_role;
grant select on public.datasets to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.datasets to service_role;
grant delete, insert, select, update on public.export_changes to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.export_changes to service_role;
grant delete, insert, select, update on public.export_ledger to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.export_ledger to service_role;
grant delete, select on public.export_templates to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.export_templates to service_role;
grant delete, insert, select, update on public.export_watermarks to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.export_watermarks to service_role;
grant delete, select on public.exports to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.exports to service_role;
grant delete, insert, select, update on public.external_data_sources to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.external_data_sources to service_role;
grant select on public.inventory_items to authenticated;
grant delete, insert, select, update on public.inventory_items to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.inventory_items to service_role;
grant delete, insert, references, select, trigger, truncate, update on public.invitations to service_role;
grant delete, insert, references, select, trigger, truncate, update on public.jobs to service_role;
grant select on public.ledger_entries to authenticated;
grant delete, insert, select, update on public.ledger_entries to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.ledger_entries to service_role;
grant delete, insert, references, select, trigger, truncate, update on public.profiles to service_role;
grant select on public.purchase_order_lines to authenticated;
grant delete, insert, select, update on public.purchase_order_lines to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.purchase_order_lines to service_role;
grant select on public.purchase_orders to authenticated;
grant delete, insert, select, update on public.purchase_orders to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.purchase_orders to service_role;
grant delete, insert, select, update on public.row_edits to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.row_edits to service_role;
grant delete on public.source_webhooks to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.source_webhooks to service_role;
grant delete, insert, select, update on public.sync_changes to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.sync_changes to service_role;
grant delete, insert, select, update on public.sync_cursors to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.sync_cursors to service_role;
grant delete, insert, select, update on public.sync_deletion_rows to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.sync_deletion_rows to service_role;
grant delete, insert, select, update on public.sync_deletions to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.sync_deletions to service_role;
grant delete, insert, select, update on public.sync_rejects to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.sync_rejects to service_role;
grant delete, insert, select, update on public.sync_revisions to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.sync_revisions to service_role;
grant delete, insert, select, update on public.sync_runs to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.sync_runs to service_role;
grant delete, select on public.uploads to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.uploads to service_role;
grant select on public.vendors to authenticated;
grant delete, insert, select, update on public.vendors to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.vendors to service_role;
grant select on public.workspace_members to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.workspace_members to service_role;
grant select on public.workspaces to entrepot_member;
grant delete, insert, references, select, trigger, truncate, update on public.workspaces to service_role;

-- Grants on columns alone

grant select (key_id, source_id, updated_at, workspace_id) on private.source_credentials to service_role;
grant insert (expires_at, hash, name, prefix, scope, workspace_id) on public.api_keys to entrepot_member;
grant select (created_at, created_by, expires_at, id, last_used_at, name, prefix, revoked_at, scope, workspace_id) on public.api_keys to entrepot_member;
grant update (name, revoked_at) on public.api_keys to entrepot_member;
grant insert (action, details, target_id, workspace_id) on public.audit_log to entrepot_member;
grant update (columns, label, relations) on public.datasets to entrepot_member;
grant insert (id, name, template, workspace_id) on public.export_templates to entrepot_member;
grant update (name, template) on public.export_templates to entrepot_member;
grant insert (dataset, definition, id, name, workspace_id) on public.exports to entrepot_member;
grant update (dataset, definition, name) on public.exports to entrepot_member;
grant insert (email, role, token_hash, workspace_id) on public.invitations to entrepot_member;
grant select (accepted_at, created_at, created_by, email, expires_at, id, revoked_at, role, workspace_id) on public.invitations to entrepot_member;
grant update (expires_at, revoked_at, role, token_hash) on public.invitations to entrepot_member;
grant insert (blocked, depends_on, due_at, id, kind, parent_id, payload, payload_version, priority, retry_attempt, retry_of, singleton_key, workspace_id) on public.jobs to entrepot_member;
grant select (attempts, blocked, cancel_requested_at, completed_at, created_at, created_by, depends_on, due_at, error, id, kind, owner_id, parent_id, payload, payload_version, priority, progress, result, retry_attempt, retry_of, seq, singleton_key, started_at, status, version, warnings, workspace_id) on public.jobs to entrepot_member;
grant update (blocked, cancel_reason, cancel_requested_at, due_at) on public.jobs to entrepot_member;
grant insert (source_id, token_hash, workspace_id) on public.source_webhooks to entrepot_member;
grant select (called_at, created_at, created_by, pending_at, source_id, workspace_id) on public.source_webhooks to entrepot_member;
grant update (created_at, pending_at, token_hash) on public.source_webhooks to entrepot_member;
grant insert (bytes, content_type, file_name, id, path, workspace_id) on public.uploads to entrepot_member;
grant update (role) on public.workspace_members to entrepot_member;
grant update (name) on public.workspaces to entrepot_member;

-- Grants on functions

grant execute on function private.accept_invitation(bytea) to entrepot_member;
grant execute on function private.acting_user() to entrepot_member;
grant execute on function private.authenticate_api_key(bytea) to entrepot_member;
grant execute on function private.claim_request(bytea,bytea) to entrepot_member;
grant execute on function private.commit_page(uuid,uuid,jsonb,interval) to entrepot_member;
grant execute on function private.create_dataset(text,text,jsonb,text[]) to entrepot_member;
grant execute on function private.create_workspace(text) to entrepot_member;
grant execute on function private.current_workspace() to entrepot_member;
grant execute on function private.forget_seen(uuid) to entrepot_member, service_role;
grant execute on function private.get_external_source_credentials(uuid) to service_role;
grant execute on function private.give_up_claim(uuid) to entrepot_member;
grant execute on function private.hold_job(uuid,uuid) to entrepot_member;
grant execute on function private.increment_rate_limit(jsonb) to service_role;
grant execute on function private.keep_answer(uuid,integer,text,bytea) to entrepot_member;
grant execute on function private.may(text) to entrepot_member;
grant execute on function private.may_give(text) to entrepot_member;
grant execute on function private.my_profile() to entrepot_member;
grant execute on function private.my_workspace_ids() to authenticated;
grant execute on function private.my_workspaces() to entrepot_member;
grant execute on function private.next_revision(uuid) to entrepot_member;
grant execute on function private.note_seen(uuid,text,integer,text[]) to entrepot_member;
grant execute on function private.open_download(uuid) to service_role;
grant execute on function private.paused_exports() to entrepot_member;
grant execute on function private.percentile(numeric[],numeric) to entrepot_member;
grant execute on function private.read_invitation(bytea) to entrepot_member;
grant execute on function private.register_view(text,text,text,text,jsonb,text[]) to entrepot_member;
grant execute on function private.remove_member(uuid,uuid) to entrepot_member;
grant execute on function private.resume_exports(uuid) to entrepot_member;
grant execute on function private.save_my_profile(text,text,boolean) to entrepot_member;
grant execute on function private.seen_keys(uuid,text) to entrepot_member;
grant execute on function private.seen_pages(uuid,text) to entrepot_member;
grant execute on function private.unregister_view(uuid) to entrepot_member;
grant execute on function private.workspace_people() to entrepot_member;
