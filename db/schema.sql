-- Made by `npm run gen` from the migrations, for reading and for diffs. Not to be run.

-- a table of better-auth
create table auth.account (
  id text not null,
  accountId text not null,
  providerId text not null,
  userId text not null,
  accessToken text,
  refreshToken text,
  idToken text,
  accessTokenExpiresAt timestamp with time zone,
  refreshTokenExpiresAt timestamp with time zone,
  scope text,
  password text,
  createdAt timestamp with time zone not null default CURRENT_TIMESTAMP,
  updatedAt timestamp with time zone not null
);
-- constraint account_pkey PRIMARY KEY (id)
-- constraint "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
-- CREATE INDEX account_user ON auth.account USING btree ("userId")
-- grant delete, insert, select, update to luytre_app

-- a table of better-auth
create table auth.session (
  id text not null,
  expiresAt timestamp with time zone not null,
  token text not null,
  createdAt timestamp with time zone not null default CURRENT_TIMESTAMP,
  updatedAt timestamp with time zone not null,
  ipAddress text,
  userAgent text,
  userId text not null
);
-- constraint session_token_key UNIQUE (token)
-- constraint session_pkey PRIMARY KEY (id)
-- constraint "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
-- CREATE INDEX session_of_user ON auth.session USING btree ("userId")
-- grant delete, insert, select, update to luytre_app

-- a table of better-auth
create table auth.user (
  id text not null,
  name text not null,
  email text not null,
  emailVerified boolean not null,
  image text,
  createdAt timestamp with time zone not null default CURRENT_TIMESTAMP,
  updatedAt timestamp with time zone not null default CURRENT_TIMESTAMP,
  username text,
  displayUsername text
);
-- constraint user_email_key UNIQUE (email)
-- constraint user_username_key UNIQUE (username)
-- constraint user_pkey PRIMARY KEY (id)
-- grant delete, insert, select, update to luytre_app

-- a table of better-auth
create table auth.verification (
  id text not null,
  identifier text not null,
  value text not null,
  expiresAt timestamp with time zone not null,
  createdAt timestamp with time zone not null default CURRENT_TIMESTAMP,
  updatedAt timestamp with time zone not null default CURRENT_TIMESTAMP
);
-- constraint verification_pkey PRIMARY KEY (id)
-- CREATE INDEX verification_identifier ON auth.verification USING btree (identifier)
-- grant delete, insert, select, update to luytre_app

-- What an account may do and where: a role bound to an area and everything below it
create table public.account_grant (
  user_id text not null,
  role text not null,
  area_id integer not null,
  granted_by text not null,
  granted_at timestamp with time zone not null
);
-- constraint account_grant_pkey PRIMARY KEY (user_id, area_id, role)
-- constraint account_grant_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'officer'::text, 'epidemiologist'::text, 'commander'::text, 'administrator'::text])))
-- grant delete, insert, select to luytre_app

-- Accounts that were switched off; nothing of them is deleted
create table public.account_status (
  user_id text not null,
  disabled_at timestamp with time zone,
  disabled_by text
);
-- constraint account_status_pkey PRIMARY KEY (user_id)
-- grant insert, select, update to luytre_app

-- Administrative unit in the days it was valid; a code means nothing without its day
create table public.area (
  id integer not null,
  code text not null,
  level text not null,
  kind text not null,
  name text not null,
  name_en text not null,
  parent_id integer,
  valid_from date not null,
  valid_to date,
  pos integer not null,
  pos_end integer not null,
  stands_in boolean not null default false,
  command_id uuid,
  import_id uuid,
  recorded_at timestamp with time zone not null default now()
);
-- constraint area_pkey PRIMARY KEY (id)
-- constraint area_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES area(id)
-- constraint area_check CHECK ((pos <= pos_end))
-- constraint area_check1 CHECK (((valid_to IS NULL) OR (valid_from <= valid_to)))
-- constraint area_level_check CHECK ((level = ANY (ARRAY['country'::text, 'province'::text, 'district'::text, 'commune'::text, 'hamlet'::text, 'group'::text])))
-- CREATE INDEX area_code ON public.area USING btree (code, valid_from)
-- CREATE INDEX area_parent ON public.area USING btree (parent_id)
-- grant insert, select, update to luytre_app

-- Reference population; a population figure entered by the office takes precedence
create table public.area_population (
  area_id integer not null,
  metric text not null,
  as_of date not null,
  value integer not null,
  source text not null,
  confidence text not null,
  estimated boolean not null
);
-- constraint area_population_pkey PRIMARY KEY (area_id, metric, as_of)
-- constraint area_population_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- constraint area_population_value_check CHECK ((value >= 0))
-- grant insert, select, update to luytre_app

-- Crosswalk: what became of a unit
create table public.area_successor (
  from_id integer not null,
  to_id integer not null,
  share numeric(9,6) not null,
  estimated boolean not null,
  basis text not null
);
-- constraint area_successor_pkey PRIMARY KEY (from_id, to_id)
-- constraint area_successor_from_id_fkey FOREIGN KEY (from_id) REFERENCES area(id)
-- constraint area_successor_to_id_fkey FOREIGN KEY (to_id) REFERENCES area(id)
-- constraint area_successor_share_check CHECK (((share > (0)::numeric) AND (share <= (1)::numeric)))
-- grant select to luytre_app

-- Append-only: one row for each command that changed something, written in the transaction of the change
create table public.audit_entry (
  command_id uuid not null,
  name text not null,
  actor text not null,
  area_pos integer not null,
  body_sha256 bytea not null,
  result jsonb,
  recorded_at timestamp with time zone not null,
  epoch integer not null default 1,
  xid xid8 not null default pg_current_xact_id()
);
-- row-level security
-- constraint audit_entry_pkey PRIMARY KEY (command_id)
-- CREATE INDEX audit_entry_order ON public.audit_entry USING btree (epoch, xid, command_id)
-- CREATE INDEX audit_entry_recorded ON public.audit_entry USING btree (recorded_at)
-- policy entry for insert with check true
-- policy own for select using (((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer)) OR (area_pos = 0))
-- grant insert, select to luytre_app

-- Hash chain over audit_entry: each batch covers the entries below a snapshot horizon that no earlier batch covers
create table public.audit_seal (
  batch bigint not null,
  epoch integer not null,
  xid_before xid8 not null,
  entry_count integer not null,
  hash bytea not null,
  sealed_at timestamp with time zone not null
);
-- constraint audit_seal_pkey PRIMARY KEY (batch)

-- Pairs of cases of the same name, year of birth and commune: the queue a person looks through
create table public.case_duplicate (
  id uuid not null,
  case_id uuid not null,
  other_id uuid not null,
  area_pos integer not null,
  found_at timestamp with time zone not null,
  cleared_at timestamp with time zone,
  cleared_by text,
  reason text
);
-- row-level security
-- constraint case_duplicate_pkey PRIMARY KEY (id)
-- CREATE INDEX case_duplicate_case ON public.case_duplicate USING btree (case_id)
-- CREATE INDEX case_duplicate_open ON public.case_duplicate USING btree (found_at DESC, id DESC) WHERE (cleared_at IS NULL)
-- CREATE INDEX case_duplicate_other ON public.case_duplicate USING btree (other_id)
-- policy area for all using (((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer)) AND ((current_setting('app.ranges'::text) = '{}'::text) OR ((current_setting('app.ranges'::text))::int4multirange @> area_pos)))
-- grant insert, select, update to luytre_app

-- Earlier images of cases: what was known then, and who replaced it, when and why
create table public.case_history (
  case_id uuid not null,
  version integer not null,
  area_pos integer not null,
  image jsonb not null,
  changed_at timestamp with time zone not null,
  superseded_at timestamp with time zone not null,
  superseded_by text not null,
  action text not null,
  reason text,
  import_id uuid,
  command_id uuid not null
);
-- row-level security
-- constraint case_history_pkey PRIMARY KEY (case_id, version)
-- constraint case_history_action_check CHECK ((action = ANY (ARRAY['corrected'::text, 'transferred'::text, 'withdrawn'::text])))
-- CREATE INDEX case_history_built_upon ON public.case_history USING btree (import_id) WHERE ((import_id IS NOT NULL) AND (action <> 'withdrawn'::text))
-- policy area for all using ((((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer)) AND ((current_setting('app.ranges'::text) = '{}'::text) OR ((current_setting('app.ranges'::text))::int4multirange @> area_pos))) OR (EXISTS ( SELECT
   FROM case_record c
  WHERE (c.id = case_history.case_id))))
-- grant insert, select to luytre_app

-- A case of a notifiable disease as it is known now; a second infection of a person is a second row
create table public.case_record (
  id uuid not null,
  version integer not null default 1,
  number text not null,
  disease text not null,
  person_id uuid not null,
  full_name text not null,
  name_key text not null,
  birth_on date,
  birth_year smallint,
  birth_sort smallint not null default COALESCE(birth_year, (0)::smallint),
  sex text,
  national_id text,
  phone text,
  ethnicity text,
  occupation text,
  permanent_address text,
  current_address text,
  workplace text,
  area_id integer not null,
  area_pos integer not null,
  province_id integer not null,
  district_id integer,
  commune_id integer,
  hamlet_id integer,
  event_area_id integer,
  onset_on date,
  onset_sort date not null default COALESCE(onset_on, '0001-01-01'::date),
  sample_on date,
  result_on date,
  reported_on date not null,
  admitted_on date,
  admitted_to text,
  diagnosis text not null,
  test_type text,
  detection_source text,
  severity text,
  outcome text,
  outcome_on date,
  vaccine_dose_count smallint,
  infector_number text,
  infector_id uuid,
  exposure_note text,
  reporter text,
  reporter_unit text,
  national_number text,
  sender text,
  sender_number text,
  reinfection boolean not null default false,
  possible_duplicate boolean not null default false,
  transferred_on date,
  import_id uuid,
  recorded_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  command_id uuid not null
) with (fillfactor=80);
-- row-level security
-- constraint case_record_pkey PRIMARY KEY (id)
-- constraint case_record_check CHECK ((onset_on <= reported_on))
-- constraint case_record_check1 CHECK (((outcome <> 'died'::text) OR (outcome_on IS NOT NULL)))
-- constraint case_record_detection_source_check CHECK ((detection_source = ANY (ARRAY['community'::text, 'contact_tracing'::text, 'quarantine'::text, 'blockade'::text, 'screening'::text, 'health_facility'::text, 'border'::text, 'other'::text])))
-- constraint case_record_diagnosis_check CHECK ((diagnosis = ANY (ARRAY['suspected'::text, 'probable'::text, 'confirmed'::text])))
-- constraint case_record_national_id_check CHECK ((national_id ~ '^([0-9]{9}|[0-9]{12})$'::text))
-- constraint case_record_outcome_check CHECK ((outcome = ANY (ARRAY['recovered'::text, 'died'::text, 'other'::text])))
-- constraint case_record_severity_check CHECK ((severity = ANY (ARRAY['asymptomatic'::text, 'mild'::text, 'moderate'::text, 'severe'::text, 'critical'::text])))
-- constraint case_record_sex_check CHECK ((sex = ANY (ARRAY['male'::text, 'female'::text, 'other'::text])))
-- constraint case_record_test_type_check CHECK ((test_type = ANY (ARRAY['pcr'::text, 'rapid_antigen'::text, 'serology'::text, 'culture'::text, 'other'::text])))
-- constraint case_record_vaccine_dose_count_check CHECK (((vaccine_dose_count >= 0) AND (vaccine_dose_count <= 10)))
-- CREATE INDEX case_record_area ON public.case_record USING btree (area_pos, reported_on DESC, id DESC)
-- CREATE INDEX case_record_died ON public.case_record USING btree (reported_on DESC, id DESC, area_pos) WHERE (outcome = 'died'::text)
-- CREATE INDEX case_record_import ON public.case_record USING btree (import_id) WHERE (import_id IS NOT NULL)
-- CREATE INDEX case_record_infector ON public.case_record USING btree (infector_id) WHERE (infector_id IS NOT NULL)
-- CREATE INDEX case_record_infector_awaited ON public.case_record USING btree (infector_number) WHERE ((infector_id IS NULL) AND (infector_number IS NOT NULL))
-- CREATE INDEX case_record_name ON public.case_record USING btree (name_key, birth_sort, id, area_pos)
-- CREATE INDEX case_record_name_part ON public.case_record USING gin (name_key gin_trgm_ops)
-- CREATE INDEX case_record_national_number ON public.case_record USING btree (national_number, reported_on) WHERE (national_number IS NOT NULL)
-- CREATE UNIQUE INDEX case_record_number ON public.case_record USING btree (number)
-- CREATE INDEX case_record_onset ON public.case_record USING btree (onset_sort DESC, id DESC, area_pos)
-- CREATE INDEX case_record_person ON public.case_record USING btree (person_id)
-- CREATE INDEX case_record_possible_duplicate ON public.case_record USING btree (reported_on DESC, id DESC, area_pos) WHERE possible_duplicate
-- CREATE INDEX case_record_recorded ON public.case_record USING btree (recorded_at DESC, id DESC, area_pos)
-- CREATE INDEX case_record_reported ON public.case_record USING btree (reported_on DESC, id DESC, area_pos)
-- CREATE INDEX case_record_sender ON public.case_record USING btree (sender) WHERE (sender IS NOT NULL)
-- CREATE UNIQUE INDEX case_record_sender_number ON public.case_record USING btree (sender_number, sender) WHERE (sender_number IS NOT NULL)
-- CREATE INDEX case_record_unconfirmed ON public.case_record USING btree (reported_on DESC, id DESC, area_pos) WHERE (diagnosis <> 'confirmed'::text)
-- policy area for all using (((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer)) AND ((current_setting('app.ranges'::text) = '{}'::text) OR ((current_setting('app.ranges'::text))::int4multirange @> area_pos)))
-- grant delete, insert, select, update to luytre_app

-- One row: the province this installation serves
create table public.deployment (
  single boolean not null default true,
  root_area_id integer not null,
  reference_sha256 text not null
);
-- constraint deployment_pkey PRIMARY KEY (single)
-- constraint deployment_root_area_id_fkey FOREIGN KEY (root_area_id) REFERENCES area(id)
-- constraint deployment_single_check CHECK (single)
-- grant select to luytre_app

-- The figure in force for an area, day, disease and metric; what it was before stands in figure_history
create table public.figure (
  id uuid not null,
  disease text not null,
  metric text not null,
  area_id integer not null,
  area_pos integer not null,
  day date not null,
  value bigint not null,
  status text not null,
  hold_reason text,
  hold_limit bigint,
  source_id integer not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  command_id uuid not null,
  import_id uuid,
  decided_at timestamp with time zone,
  decided_by text,
  decided_reason text,
  known_from timestamp with time zone not null
) with (fillfactor=80);
-- row-level security
-- constraint figure_disease_metric_area_id_day_key UNIQUE (disease, metric, area_id, day)
-- constraint figure_pkey PRIMARY KEY (id)
-- constraint figure_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- constraint figure_source_id_fkey FOREIGN KEY (source_id) REFERENCES figure_source(id)
-- constraint figure_check CHECK (((status <> 'held'::text) OR (hold_reason IS NOT NULL)))
-- constraint figure_hold_reason_check CHECK ((hold_reason = ANY (ARRAY['jump'::text, 'negative'::text, 'above_population'::text])))
-- constraint figure_status_check CHECK ((status = ANY (ARRAY['accepted'::text, 'held'::text, 'rejected'::text])))
-- CREATE INDEX figure_day ON public.figure USING btree (day DESC, id DESC, area_pos)
-- CREATE INDEX figure_held ON public.figure USING btree (area_pos) WHERE (status = 'held'::text)
-- CREATE INDEX figure_import ON public.figure USING btree (import_id) WHERE (import_id IS NOT NULL)
-- policy area for all using (((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer)) AND ((current_setting('app.ranges'::text) = '{}'::text) OR ((current_setting('app.ranges'::text))::int4multirange @> area_pos)))
-- grant delete, insert, select, update to luytre_app

-- Hour of the day by which the communes of an area report; the nearest area above a commune that has one decides
create table public.figure_deadline (
  area_id integer not null,
  area_pos integer not null,
  hour integer not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  command_id uuid not null
);
-- row-level security
-- constraint figure_deadline_pkey PRIMARY KEY (area_id)
-- constraint figure_deadline_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- constraint figure_deadline_hour_check CHECK (((hour >= 0) AND (hour <= 23)))
-- policy area for all using (((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer)) AND ((current_setting('app.ranges'::text) = '{}'::text) OR ((current_setting('app.ranges'::text))::int4multirange @> area_pos)))
-- policy read for select using true
-- grant insert, select, update to luytre_app

-- Append-only: what figures were before; with figure it answers "as known at" any instant
create table public.figure_history (
  id uuid not null,
  disease text not null,
  metric text not null,
  area_id integer not null,
  area_pos integer not null,
  day date not null,
  value bigint not null,
  status text not null,
  hold_reason text,
  hold_limit bigint,
  source_id integer not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  command_id uuid not null,
  import_id uuid,
  decided_at timestamp with time zone,
  decided_by text,
  decided_reason text,
  known_from timestamp with time zone not null,
  superseded_at timestamp with time zone not null,
  superseded_by uuid not null
);
-- row-level security
-- constraint figure_history_pkey PRIMARY KEY (id)
-- CREATE INDEX figure_history_import ON public.figure_history USING btree (import_id) WHERE (import_id IS NOT NULL)
-- CREATE INDEX figure_history_key ON public.figure_history USING btree (disease, metric, area_id, day, known_from)
-- CREATE INDEX figure_history_superseded ON public.figure_history USING btree (superseded_by)
-- policy area for all using (((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer)) AND ((current_setting('app.ranges'::text) = '{}'::text) OR ((current_setting('app.ranges'::text))::int4multirange @> area_pos)))
-- grant insert, select to luytre_app

-- Append-only: that an area was reminded of a day it had not reported
create table public.figure_reminder (
  area_id integer not null,
  area_pos integer not null,
  day date not null,
  reminded_at timestamp with time zone not null,
  reminded_by text not null,
  command_id uuid not null
);
-- row-level security
-- constraint figure_reminder_pkey PRIMARY KEY (area_id, day, command_id)
-- constraint figure_reminder_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- CREATE INDEX figure_reminder_day ON public.figure_reminder USING btree (day, area_id)
-- policy area for all using (((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer)) AND ((current_setting('app.ranges'::text) = '{}'::text) OR ((current_setting('app.ranges'::text))::int4multirange @> area_pos)))
-- grant insert, select to luytre_app

-- Where figures come from; a series of a thousand days names its source a thousand times, so it is kept once
create table public.figure_source (
  id integer not null,
  name text not null
);
-- constraint figure_source_name_key UNIQUE (name)
-- constraint figure_source_pkey PRIMARY KEY (id)
-- grant insert, select to luytre_app

-- What was said of the rows of an import: of the check first, then of the commit
create table public.import_fault (
  id bigint not null,
  import_id uuid not null,
  area_pos integer not null,
  row_number integer not null,
  column_index integer,
  column_label text,
  field text,
  severity text not null,
  code text not null,
  params jsonb
);
-- row-level security
-- constraint import_fault_pkey PRIMARY KEY (id)
-- constraint import_fault_import_id_fkey FOREIGN KEY (import_id) REFERENCES import_run(id)
-- constraint import_fault_severity_check CHECK ((severity = ANY (ARRAY['fault'::text, 'duplicate'::text, 'warning'::text])))
-- CREATE INDEX import_fault_row ON public.import_fault USING btree (import_id, row_number, id)
-- policy area for all using (((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer)) AND ((current_setting('app.ranges'::text) = '{}'::text) OR ((current_setting('app.ranges'::text))::int4multirange @> area_pos)))
-- grant delete, insert, select to luytre_app

-- Columns as they were confirmed for a sender's form: the next file with the same header is recognised at once
create table public.import_mapping (
  kind text not null,
  sender text not null,
  fingerprint text not null,
  mapping jsonb not null,
  confirmed_by text not null,
  confirmed_at timestamp with time zone not null
);
-- constraint import_mapping_pkey PRIMARY KEY (kind, sender, fingerprint)
-- grant insert, select, update to luytre_app

-- A file that was sent to be imported, and how far it has come
create table public.import_run (
  id uuid not null,
  kind text not null,
  sender text not null,
  file_name text not null,
  file_sha256 bytea not null,
  file_bytes bigint not null,
  encoding text,
  sheet text,
  mapping jsonb,
  options jsonb not null default '{}'::jsonb,
  choices jsonb not null default '[]'::jsonb,
  status text not null,
  row_count integer not null default 0,
  accepted_count integer not null default 0,
  rejected_count integer not null default 0,
  duplicate_count integer not null default 0,
  warning_count integer not null default 0,
  batch_count integer not null default 0,
  row_reached integer,
  problem jsonb,
  area_pos integer not null,
  ranges jsonb not null,
  created_by text not null,
  created_by_name text not null,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  undone_by text,
  undone_at timestamp with time zone
) with (fillfactor=80);
-- row-level security
-- constraint import_run_pkey PRIMARY KEY (id)
-- constraint import_run_status_check CHECK ((status = ANY (ARRAY['uploaded'::text, 'checked'::text, 'running'::text, 'cancelled'::text, 'interrupted'::text, 'failed'::text, 'done'::text, 'undone'::text])))
-- CREATE INDEX import_run_file ON public.import_run USING btree (file_sha256)
-- CREATE INDEX import_run_newest ON public.import_run USING btree (created_at DESC, id DESC)
-- policy area for all using (((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer)) AND ((current_setting('app.ranges'::text) = '{}'::text) OR ((current_setting('app.ranges'::text))::int4multirange @> area_pos)))
-- grant insert, select, update to luytre_app

-- Append-only changes of counts, written by the command that made them; history answers "as known then"
create table public.indicator_delta (
  area_id integer not null,
  area_pos integer not null,
  day date not null,
  disease text not null,
  metric text not null,
  delta integer not null,
  recorded_at timestamp with time zone not null,
  command_id uuid not null
);
-- row-level security
-- CREATE INDEX indicator_delta_known ON public.indicator_delta USING btree (disease, metric, day, recorded_at)
-- policy area for all using (((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer)) AND ((current_setting('app.ranges'::text) = '{}'::text) OR ((current_setting('app.ranges'::text))::int4multirange @> area_pos)))
-- grant insert, select to luytre_app

-- Sum of indicator_delta by disease, metric, area and day: what is known now
create table public.indicator_sum (
  disease text not null,
  metric text not null,
  area_id integer not null,
  day date not null,
  area_pos integer not null,
  value integer not null,
  changed_at timestamp with time zone not null
) with (fillfactor=80);
-- row-level security
-- constraint indicator_sum_pkey PRIMARY KEY (disease, metric, area_id, day)
-- CREATE INDEX indicator_sum_day ON public.indicator_sum USING btree (disease, metric, day)
-- policy area for all using (((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer)) AND ((current_setting('app.ranges'::text) = '{}'::text) OR ((current_setting('app.ranges'::text))::int4multirange @> area_pos)))
-- grant insert, select, update to luytre_app

-- Epidemic levels published by decision of the province; a later record for the same day supersedes, nothing is overwritten
create table public.level_published (
  area_id integer not null,
  area_pos integer not null,
  disease text not null,
  effective_from date not null,
  level smallint not null,
  document text not null,
  recorded_at timestamp with time zone not null,
  command_id uuid not null
);
-- row-level security
-- constraint level_published_pkey PRIMARY KEY (area_id, disease, effective_from, recorded_at)
-- constraint level_published_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- constraint level_published_level_check CHECK (((level >= 1) AND (level <= 4)))
-- policy area for all using (((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer)) AND ((current_setting('app.ranges'::text) = '{}'::text) OR ((current_setting('app.ranges'::text))::int4multirange @> area_pos)))
-- grant insert, select to luytre_app

-- Migrations applied to this database, in order of name
create table public.luytre_migration (
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default CURRENT_TIMESTAMP
);
-- constraint luytre_migration_pkey PRIMARY KEY (name)
-- grant select to luytre_app

-- Metrics the office defined itself, by command; those the product ships with are in modules/figures/shipped-metrics.ts
create table public.metric (
  code text not null,
  name_vi text not null,
  name_en text not null,
  unit text not null,
  kind text not null,
  categories text[] not null,
  minimum bigint,
  maximum bigint,
  aliases text[] not null,
  asked_daily boolean not null,
  position integer not null,
  command_id uuid not null,
  recorded_at timestamp with time zone not null
);
-- constraint metric_pkey PRIMARY KEY (code)
-- constraint metric_check CHECK (((kind = 'category'::text) = (cardinality(categories) > 0)))
-- constraint metric_check1 CHECK (((minimum IS NULL) OR (maximum IS NULL) OR (minimum <= maximum)))
-- constraint metric_code_check CHECK ((code ~ '^[a-z][a-z0-9_]{1,59}$'::text))
-- constraint metric_kind_check CHECK ((kind = ANY (ARRAY['daily_count'::text, 'stock'::text, 'cumulative'::text, 'population'::text, 'category'::text])))
-- constraint metric_unit_check CHECK ((unit = ANY (ARRAY['person'::text, 'case'::text, 'test'::text, 'dose'::text, 'bed'::text, 'facility'::text, 'item'::text, 'category'::text])))
-- grant insert, select to luytre_app

-- A person, one row an identity; rows without a national number may later be found to be one person
create table public.person (
  id uuid not null,
  full_name text not null,
  name_key text not null,
  birth_on date,
  birth_year smallint,
  sex text,
  national_id text,
  phone text,
  ethnicity text,
  occupation text,
  area_id integer not null,
  area_pos integer not null,
  import_id uuid,
  recorded_at timestamp with time zone not null,
  changed_at timestamp with time zone not null
) with (fillfactor=80);
-- row-level security
-- constraint person_pkey PRIMARY KEY (id)
-- constraint person_national_id_check CHECK ((national_id ~ '^([0-9]{9}|[0-9]{12})$'::text))
-- constraint person_sex_check CHECK ((sex = ANY (ARRAY['male'::text, 'female'::text, 'other'::text])))
-- CREATE INDEX person_import ON public.person USING btree (import_id) WHERE (import_id IS NOT NULL)
-- CREATE UNIQUE INDEX person_national_id ON public.person USING btree (national_id) WHERE (national_id IS NOT NULL)
-- policy area for all using (((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer)) AND ((current_setting('app.ranges'::text) = '{}'::text) OR ((current_setting('app.ranges'::text))::int4multirange @> area_pos)))
-- grant delete, insert, select, update to luytre_app

-- Decision models (DMN 1.5) by version; a version is never edited
create table public.rulebook_version (
  rulebook_id text not null,
  version integer not null,
  title_vi text not null,
  title_en text not null,
  document text not null,
  disease text not null,
  area_id integer not null,
  area_pos integer not null,
  valid_from date not null,
  valid_to date,
  sha256 bytea not null,
  dmn text not null,
  loaded_at timestamp with time zone not null,
  loaded_by text not null
);
-- constraint rulebook_version_rulebook_id_sha256_key UNIQUE (rulebook_id, sha256)
-- constraint rulebook_version_pkey PRIMARY KEY (rulebook_id, version)
-- constraint rulebook_version_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- grant insert, select to luytre_app
