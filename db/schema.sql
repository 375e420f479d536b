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

-- Bulletins of an area and day: drafts, and those issued with their document
create table public.bulletin (
  id uuid not null,
  kind text not null,
  area_id integer not null,
  area_pos integer not null,
  disease text not null,
  day date not null,
  status text not null,
  known text not null,
  remarks text not null,
  effective_on date,
  template_area_id integer,
  template_version integer not null,
  figures json not null,
  taken_at timestamp with time zone not null,
  document_id uuid,
  created_at timestamp with time zone not null,
  created_by text not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  command_id uuid not null
);
-- row-level security
-- constraint bulletin_pkey PRIMARY KEY (id)
-- constraint bulletin_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- constraint bulletin_document_id_fkey FOREIGN KEY (document_id) REFERENCES document(id)
-- constraint bulletin_template_area_id_fkey FOREIGN KEY (template_area_id) REFERENCES area(id)
-- constraint bulletin_check CHECK (((status = 'issued'::text) = (document_id IS NOT NULL)))
-- constraint bulletin_kind_check CHECK ((kind = ANY (ARRAY['daily'::text, 'levels'::text])))
-- constraint bulletin_known_check CHECK ((known = ANY (ARRAY['latest'::text, 'closing'::text])))
-- constraint bulletin_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'issued'::text])))
-- CREATE UNIQUE INDEX bulletin_document ON public.bulletin USING btree (document_id)
-- CREATE UNIQUE INDEX bulletin_draft ON public.bulletin USING btree (area_id, kind, disease, day) WHERE (status = 'draft'::text)
-- CREATE INDEX bulletin_newest ON public.bulletin USING btree (day DESC, id DESC)
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select, update to luytre_app

-- Wording of bulletins as offices changed it; a version is never edited, the last one counts for its area and everything below until a lower area has its own
create table public.bulletin_template (
  kind text not null,
  area_id integer not null,
  version integer not null,
  body text not null,
  frame json not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  recorded_by_name text not null,
  command_id uuid not null
);
-- constraint bulletin_template_pkey PRIMARY KEY (kind, area_id, version)
-- constraint bulletin_template_area_id_fkey1 FOREIGN KEY (area_id) REFERENCES area(id)
-- constraint bulletin_template_kind_check CHECK ((kind = ANY (ARRAY['daily'::text, 'levels'::text])))
-- constraint bulletin_template_version_check CHECK ((version > 0))
-- grant insert, select to luytre_app

-- A bulk edit of cases: what it set, how many it changed and refused, and whether it was undone
create table public.case_bulk (
  id uuid not null,
  area_pos integer not null,
  ranges jsonb not null,
  changes jsonb not null,
  reason text not null,
  matched_count integer not null,
  status text not null,
  batch_count integer not null default 0,
  walked_count integer not null default 0,
  changed_count integer not null default 0,
  refused_count integer not null default 0,
  refusals jsonb not null default '[]'::jsonb,
  created_by text not null,
  created_by_name text not null,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  undone_count integer not null default 0,
  undone_by text,
  undone_at timestamp with time zone
);
-- row-level security
-- constraint case_bulk_pkey PRIMARY KEY (id)
-- constraint case_bulk_status_check CHECK ((status = ANY (ARRAY['running'::text, 'done'::text, 'cancelled'::text, 'interrupted'::text, 'undoing'::text, 'undone'::text])))
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select, update to luytre_app

-- Clinical course: how severe a case was on a day, where it was treated, whether on oxygen; a later entry of the same day takes the place of the earlier one
create table public.case_course (
  id uuid not null,
  case_id uuid not null,
  area_pos integer not null,
  day date not null,
  severity text not null,
  place text,
  oxygen boolean,
  note text,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  ended_at timestamp with time zone,
  ended_by text,
  ended_reason text,
  command_id uuid not null
);
-- row-level security
-- constraint case_course_pkey PRIMARY KEY (id)
-- constraint case_course_severity_check CHECK ((severity = ANY (ARRAY['asymptomatic'::text, 'mild'::text, 'moderate'::text, 'severe'::text, 'critical'::text])))
-- CREATE UNIQUE INDEX case_course_day ON public.case_course USING btree (case_id, day) WHERE (ended_at IS NULL)
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select, update to luytre_app

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
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
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
  command_id uuid not null,
  bulk_id uuid
);
-- row-level security
-- constraint case_history_pkey PRIMARY KEY (case_id, version)
-- constraint case_history_action_check CHECK ((action = ANY (ARRAY['corrected'::text, 'transferred'::text, 'withdrawn'::text, 'bulk'::text, 'bulk_undone'::text, 'closed'::text, 'reopened'::text, 'merged'::text, 'unmerged'::text, 'course'::text])))
-- CREATE INDEX case_history_built_upon ON public.case_history USING btree (import_id) WHERE ((import_id IS NOT NULL) AND (action <> 'withdrawn'::text))
-- CREATE INDEX case_history_bulk ON public.case_history USING btree (bulk_id, case_id) WHERE (bulk_id IS NOT NULL)
-- policy area for all using (((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos))) OR (EXISTS ( SELECT
   FROM case_record c
  WHERE (c.id = case_history.case_id))))
-- grant insert, select to luytre_app

-- A sheet an export of cases fills in: an office's own workbook with the fields its columns stand for
create table public.case_layout (
  id uuid not null,
  name text not null,
  file_name text not null,
  file bytea not null,
  sheet text,
  header_row integer not null,
  columns jsonb not null,
  area_pos integer not null,
  area_pos_end integer not null,
  owner text not null,
  owner_name text not null,
  changed_at timestamp with time zone not null
);
-- row-level security
-- constraint case_layout_pkey PRIMARY KEY (id)
-- constraint case_layout_header_row_check CHECK (((header_row >= 1) AND (header_row <= 200)))
-- CREATE UNIQUE INDEX case_layout_name ON public.case_layout USING btree (owner, name)
-- policy area for all using ((area_pos <= (current_setting('app.hi'::text))::integer) AND (area_pos_end >= (current_setting('app.lo'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) && int4range(area_pos, area_pos_end, '[]'::text))))
-- grant delete, insert, select, update to luytre_app

-- Cases that were merged into another as its duplicate, while they are; the undo takes the row away and the case stands again
create table public.case_merge (
  case_id uuid not null,
  into_id uuid not null,
  area_pos integer not null,
  number text not null,
  national_number text,
  sender text,
  sender_number text,
  reported_on date not null,
  into_version integer not null,
  taken text[] not null,
  infected_ids uuid[] not null,
  reason text not null,
  merged_at timestamp with time zone not null,
  merged_by text not null,
  command_id uuid not null
);
-- row-level security
-- constraint case_merge_pkey PRIMARY KEY (case_id)
-- CREATE INDEX case_merge_into ON public.case_merge USING btree (into_id)
-- CREATE INDEX case_merge_national_number ON public.case_merge USING btree (national_number) WHERE (national_number IS NOT NULL)
-- CREATE INDEX case_merge_number ON public.case_merge USING btree (number)
-- CREATE INDEX case_merge_sender_number ON public.case_merge USING btree (sender_number) WHERE (sender_number IS NOT NULL)
-- policy area for all using (((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos))) OR (EXISTS ( SELECT
   FROM case_record c
  WHERE (c.id = case_merge.into_id))))
-- grant delete, insert, select to luytre_app

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
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
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

-- Administrative documents that were issued: numbered by issuing area, kind and year, archived with what they were made from
create table public.document (
  id uuid not null,
  kind text not null,
  area_id integer not null,
  area_pos integer not null,
  year smallint not null,
  number integer not null,
  symbol text not null,
  issued_on date not null,
  title text not null,
  signer text not null,
  synthetic boolean not null,
  code text not null,
  content_sha256 bytea not null,
  content json not null,
  inputs json not null,
  pdf bytea not null,
  pdf_sha256 bytea not null,
  docx bytea not null,
  docx_sha256 bytea not null,
  issued_at timestamp with time zone not null,
  issued_by text not null,
  issued_by_name text not null,
  command_id uuid not null
);
-- row-level security
-- constraint document_area_id_kind_year_number_key UNIQUE (area_id, kind, year, number)
-- constraint document_code_key UNIQUE (code)
-- constraint document_pkey PRIMARY KEY (id)
-- constraint document_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- constraint document_number_check CHECK ((number > 0))
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select to luytre_app

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
-- policy area for all using (( SELECT ((current_setting('app.lo'::text) = '0'::text) AND (current_setting('app.hi'::text) = '2147483647'::text) AND (current_setting('app.ranges'::text) = '{}'::text))) OR ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos))))
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
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
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
-- policy area for all using (( SELECT ((current_setting('app.lo'::text) = '0'::text) AND (current_setting('app.hi'::text) = '2147483647'::text) AND (current_setting('app.ranges'::text) = '{}'::text))) OR ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos))))
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
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select to luytre_app

-- Where figures come from; a series of a thousand days names its source a thousand times, so it is kept once
create table public.figure_source (
  id integer not null,
  name text not null
);
-- constraint figure_source_name_key UNIQUE (name)
-- constraint figure_source_pkey PRIMARY KEY (id)
-- grant insert, select to luytre_app

-- One forecast of an area from the end of one day; the same inputs and code give the same row, so it is written once
create table public.forecast (
  area_id integer not null,
  area_pos integer not null,
  disease text not null,
  on_day date not null,
  inputs_sha256 text not null,
  code_version text not null,
  seed bigint not null,
  retrospective boolean not null,
  known_at timestamp with time zone,
  weeks jsonb not null,
  baseline jsonb,
  detail jsonb not null,
  made_at timestamp with time zone not null,
  command_id uuid not null,
  demand jsonb
);
-- row-level security
-- constraint forecast_pkey PRIMARY KEY (disease, area_id, on_day, inputs_sha256, code_version)
-- constraint forecast_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- CREATE INDEX forecast_of_day ON public.forecast USING btree (disease, on_day, area_id)
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
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
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
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
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
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
-- policy area for all using (( SELECT ((current_setting('app.lo'::text) = '0'::text) AND (current_setting('app.hi'::text) = '2147483647'::text) AND (current_setting('app.ranges'::text) = '{}'::text))) OR ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos))))
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
-- policy area for all using (( SELECT ((current_setting('app.lo'::text) = '0'::text) AND (current_setting('app.hi'::text) = '2147483647'::text) AND (current_setting('app.ranges'::text) = '{}'::text))) OR ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos))))
-- grant insert, select, update to luytre_app

-- Work in the background, waiting, under way or ended
create table public.job (
  id uuid not null,
  kind text not null,
  key text not null,
  area_pos integer not null,
  body jsonb not null,
  state text not null,
  done_count integer not null default 0,
  total_count integer,
  attempt_count smallint not null default 0,
  attempt_limit smallint not null,
  start_at timestamp with time zone not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  started_at timestamp with time zone,
  worker uuid,
  beat_at timestamp with time zone,
  cancel_by text,
  ended_at timestamp with time zone,
  result jsonb,
  fault jsonb
);
-- row-level security
-- constraint job_pkey PRIMARY KEY (id)
-- constraint job_attempt_limit_check CHECK ((attempt_limit >= 1))
-- constraint job_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
-- CREATE INDEX job_due ON public.job USING btree (kind, start_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]))
-- CREATE INDEX job_latest ON public.job USING btree (kind, asked_at DESC)
-- CREATE UNIQUE INDEX job_unfinished ON public.job USING btree (kind, key) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]))
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select, update to luytre_app

-- A proposal to announce epidemic levels of some areas; what became of it stands in level_announcement_step
create table public.level_announcement (
  id uuid not null,
  area_id integer not null,
  area_pos integer not null,
  disease text not null,
  assessed_on date not null,
  effective_at timestamp with time zone not null,
  note text not null,
  known_at timestamp with time zone not null,
  proposed_by text not null,
  proposed_by_name text not null,
  command_id uuid not null
);
-- row-level security
-- constraint level_announcement_pkey PRIMARY KEY (id)
-- constraint level_announcement_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- policy reading for select using (EXISTS ( SELECT
   FROM level_announcement_item i
  WHERE (i.announcement_id = level_announcement.id)))
-- policy writing for insert with check ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select to luytre_app

-- A level proposed for an area, with the assessment it rests on as it stood then
create table public.level_announcement_item (
  announcement_id uuid not null,
  area_id integer not null,
  area_pos integer not null,
  level smallint not null,
  level_before smallint,
  computed_level smallint,
  reason text not null,
  clause text not null,
  assessment jsonb not null
);
-- row-level security
-- constraint level_announcement_item_pkey PRIMARY KEY (announcement_id, area_id)
-- constraint level_announcement_item_announcement_id_fkey FOREIGN KEY (announcement_id) REFERENCES level_announcement(id)
-- constraint level_announcement_item_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- constraint level_announcement_item_computed_level_check CHECK (((computed_level >= 1) AND (computed_level <= 4)))
-- constraint level_announcement_item_level_before_check CHECK (((level_before >= 1) AND (level_before <= 4)))
-- constraint level_announcement_item_level_check CHECK (((level >= 1) AND (level <= 4)))
-- CREATE INDEX level_announcement_item_area ON public.level_announcement_item USING btree (area_id, announcement_id)
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select to luytre_app

-- What became of a proposal; each step is taken once
create table public.level_announcement_step (
  announcement_id uuid not null,
  area_pos integer not null,
  step text not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  recorded_by_name text not null,
  note text not null,
  document text,
  issued_at timestamp with time zone,
  command_id uuid not null
);
-- row-level security
-- constraint level_announcement_step_pkey PRIMARY KEY (announcement_id, step)
-- constraint level_announcement_step_announcement_id_fkey FOREIGN KEY (announcement_id) REFERENCES level_announcement(id)
-- constraint level_announcement_step_check CHECK (((step = 'published'::text) = (document IS NOT NULL)))
-- constraint level_announcement_step_check1 CHECK (((step = 'published'::text) = (issued_at IS NOT NULL)))
-- constraint level_announcement_step_step_check CHECK ((step = ANY (ARRAY['confirmed'::text, 'returned'::text, 'withdrawn'::text, 'published'::text])))
-- policy reading for select using (EXISTS ( SELECT
   FROM level_announcement_item i
  WHERE (i.announcement_id = level_announcement_step.announcement_id)))
-- policy writing for insert with check ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select to luytre_app

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
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select to luytre_app

-- What a program said which lineage a sequenced sample belongs to; no names, nothing of the person
create table public.lineage_call (
  id uuid not null,
  disease text not null,
  sender text not null,
  row_key text not null,
  sequence_id text not null,
  tool text not null,
  tool_version text,
  lineage text,
  clade text,
  who_label text,
  quality text not null,
  collected_on date not null,
  area_id integer not null,
  area_pos integer not null,
  import_id uuid not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  command_id uuid not null,
  superseded_at timestamp with time zone,
  superseded_by uuid
);
-- row-level security
-- constraint lineage_call_pkey PRIMARY KEY (id)
-- constraint lineage_call_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- constraint lineage_call_quality_check CHECK ((quality = ANY (ARRAY['good'::text, 'mediocre'::text, 'bad'::text, 'unknown'::text])))
-- constraint lineage_call_tool_check CHECK ((tool = ANY (ARRAY['nextclade'::text, 'pangolin'::text, 'other'::text])))
-- CREATE INDEX lineage_call_gone ON public.lineage_call USING btree (superseded_by) WHERE (superseded_by IS NOT NULL)
-- CREATE UNIQUE INDEX lineage_call_in_force ON public.lineage_call USING btree (disease, sender, row_key) WHERE (superseded_at IS NULL)
-- CREATE INDEX lineage_call_of_days ON public.lineage_call USING btree (disease, collected_on, area_pos) WHERE (superseded_at IS NULL)
-- CREATE INDEX lineage_call_of_import ON public.lineage_call USING btree (import_id)
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select, update to luytre_app

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
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant delete, insert, select, update to luytre_app

-- Rulebooks being drafted; only what is put in force becomes a version
create table public.rulebook_draft (
  id uuid not null,
  revision integer not null,
  status text not null,
  kind text not null,
  rulebook_id text not null,
  based_on text,
  area_id integer not null,
  area_pos integer not null,
  title_vi text not null,
  title_en text not null,
  dmn text not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  changed_at timestamp with time zone not null,
  changed_by text not null
);
-- row-level security
-- constraint rulebook_draft_pkey PRIMARY KEY (id)
-- constraint rulebook_draft_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- constraint rulebook_draft_kind_check CHECK ((kind = ANY (ARRAY['rule'::text, 'variant'::text])))
-- constraint rulebook_draft_status_check CHECK ((status = ANY (ARRAY['open'::text, 'enacted'::text, 'discarded'::text])))
-- CREATE INDEX rulebook_draft_open ON public.rulebook_draft USING btree (area_pos) WHERE (status = 'open'::text)
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select, update to luytre_app

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
  loaded_by text not null,
  kind text not null default 'rule'::text,
  based_on text,
  draft_id uuid,
  command_id uuid
);
-- constraint rulebook_version_rulebook_id_sha256_key UNIQUE (rulebook_id, sha256)
-- constraint rulebook_version_pkey PRIMARY KEY (rulebook_id, version)
-- constraint rulebook_version_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- constraint rulebook_version_kind_check CHECK ((kind = ANY (ARRAY['rule'::text, 'variant'::text])))
-- grant insert, select to luytre_app

-- Versions that were withdrawn; a later record supersedes, nothing is overwritten
create table public.rulebook_withdrawal (
  rulebook_id text not null,
  version integer not null,
  last_on date not null,
  document text not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  command_id uuid not null
);
-- constraint rulebook_withdrawal_pkey PRIMARY KEY (rulebook_id, version, recorded_at)
-- constraint rulebook_withdrawal_rulebook_id_version_fkey FOREIGN KEY (rulebook_id, version) REFERENCES rulebook_version(rulebook_id, version)
-- grant insert, select to luytre_app

-- A view of a list under a name: of its owner alone, or shared to everyone who works in an area
create table public.saved_view (
  id uuid not null,
  list text not null,
  name text not null,
  search jsonb not null,
  columns jsonb,
  area_id integer,
  area_pos integer,
  area_pos_end integer,
  owner text not null,
  owner_name text not null,
  changed_at timestamp with time zone not null
);
-- row-level security
-- constraint saved_view_pkey PRIMARY KEY (id)
-- constraint saved_view_check CHECK ((((area_id IS NULL) = (area_pos IS NULL)) AND ((area_id IS NULL) = (area_pos_end IS NULL))))
-- CREATE UNIQUE INDEX saved_view_name ON public.saved_view USING btree (owner, list, name)
-- CREATE INDEX saved_view_shared ON public.saved_view USING btree (list, area_pos) WHERE (area_id IS NOT NULL)
-- policy area for all using ((area_pos IS NULL) OR ((area_pos <= (current_setting('app.hi'::text))::integer) AND (area_pos_end >= (current_setting('app.lo'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) && int4range(area_pos, area_pos_end, '[]'::text)))))
-- grant delete, insert, select, update to luytre_app

-- The view a list opens with, for each person
create table public.saved_view_default (
  actor text not null,
  list text not null,
  view_id uuid not null
);
-- constraint saved_view_default_pkey PRIMARY KEY (actor, list)
-- constraint saved_view_default_view_id_fkey FOREIGN KEY (view_id) REFERENCES saved_view(id) ON DELETE CASCADE
-- CREATE INDEX saved_view_default_view ON public.saved_view_default USING btree (view_id)
-- grant delete, insert, select, update to luytre_app

-- Scenario runs that were saved: a baseline and variants of it. Inputs and outcomes never change; the name may, and a withdrawn one is listed no more
create table public.scenario (
  id uuid not null,
  area_id integer not null,
  area_pos integer not null,
  name text not null,
  name_key text not null,
  on_day date not null,
  ground jsonb not null,
  variants jsonb not null,
  staff jsonb not null,
  outcomes jsonb not null,
  inputs_sha256 text not null,
  code_version text not null,
  seed bigint not null,
  made_by text not null,
  made_by_name text not null,
  made_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone
);
-- row-level security
-- constraint scenario_pkey PRIMARY KEY (id)
-- constraint scenario_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- CREATE INDEX scenario_newest ON public.scenario USING btree (made_at DESC, id DESC) WHERE (withdrawn_at IS NULL)
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select to luytre_app

-- Where and when the sample of a sequence was taken, for files of calls that do not say it; no names, nothing of the person
create table public.sequence_sample (
  id uuid not null,
  disease text not null,
  sender text not null,
  row_key text not null,
  collected_on date not null,
  area_id integer not null,
  area_pos integer not null,
  import_id uuid not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  command_id uuid not null,
  superseded_at timestamp with time zone,
  superseded_by uuid
);
-- row-level security
-- constraint sequence_sample_pkey PRIMARY KEY (id)
-- constraint sequence_sample_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- CREATE INDEX sequence_sample_gone ON public.sequence_sample USING btree (superseded_by) WHERE (superseded_by IS NOT NULL)
-- CREATE UNIQUE INDEX sequence_sample_in_force ON public.sequence_sample USING btree (disease, sender, row_key) WHERE (superseded_at IS NULL)
-- CREATE INDEX sequence_sample_of_import ON public.sequence_sample USING btree (import_id)
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select, update to luytre_app

-- Antibody tests of a survey in one area and age group: counts, never people
create table public.serosurvey_result (
  id uuid not null,
  disease text not null,
  sender text not null,
  row_key text not null,
  survey text not null,
  from_on date not null,
  to_on date not null,
  age_from integer not null,
  age_to integer,
  tested integer not null,
  positive integer not null,
  assay text not null,
  sensitivity double precision,
  sensitivity_of integer,
  specificity double precision,
  specificity_of integer,
  area_id integer not null,
  area_pos integer not null,
  import_id uuid not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  command_id uuid not null,
  superseded_at timestamp with time zone,
  superseded_by uuid
);
-- row-level security
-- constraint serosurvey_result_pkey PRIMARY KEY (id)
-- constraint serosurvey_result_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- constraint serosurvey_result_age_from_check CHECK (((age_from >= 0) AND (age_from <= 120)))
-- constraint serosurvey_result_check CHECK (((age_to >= age_from) AND (age_to <= 120)))
-- constraint serosurvey_result_check1 CHECK (((positive >= 0) AND (positive <= tested)))
-- constraint serosurvey_result_check2 CHECK ((from_on <= to_on))
-- constraint serosurvey_result_check3 CHECK (((sensitivity IS NULL) = (specificity IS NULL)))
-- constraint serosurvey_result_sensitivity_check CHECK (((sensitivity >= (0)::double precision) AND (sensitivity <= (1)::double precision)))
-- constraint serosurvey_result_sensitivity_of_check CHECK ((sensitivity_of > 0))
-- constraint serosurvey_result_specificity_check CHECK (((specificity >= (0)::double precision) AND (specificity <= (1)::double precision)))
-- constraint serosurvey_result_specificity_of_check CHECK ((specificity_of > 0))
-- constraint serosurvey_result_tested_check CHECK ((tested > 0))
-- CREATE INDEX serosurvey_result_gone ON public.serosurvey_result USING btree (superseded_by) WHERE (superseded_by IS NOT NULL)
-- CREATE UNIQUE INDEX serosurvey_result_in_force ON public.serosurvey_result USING btree (disease, sender, row_key) WHERE (superseded_at IS NULL)
-- CREATE INDEX serosurvey_result_of_days ON public.serosurvey_result USING btree (disease, to_on, area_pos) WHERE (superseded_at IS NULL)
-- CREATE INDEX serosurvey_result_of_import ON public.serosurvey_result USING btree (import_id)
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select, update to luytre_app

-- One episode of unusual counts in an area: days on which a method sounded, joined while fewer than eight quiet days lie between them
create table public.warning (
  id uuid not null,
  area_id integer not null,
  area_pos integer not null,
  disease text not null,
  method text not null,
  first_on date not null,
  last_on date not null,
  observed integer not null,
  expected double precision not null,
  bound double precision,
  severity smallint not null,
  sensitivity text not null,
  status text not null default 'open'::text,
  decision_id uuid,
  worse_at timestamp with time zone,
  evidence jsonb not null,
  code_version text not null,
  inputs_sha256 text not null,
  seed bigint,
  found_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  command_id uuid not null
);
-- row-level security
-- constraint warning_pkey PRIMARY KEY (id)
-- constraint warning_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- constraint warning_check CHECK ((first_on <= last_on))
-- constraint warning_method_check CHECK ((method = ANY (ARRAY['ears'::text, 'farrington'::text, 'scan'::text])))
-- constraint warning_sensitivity_check CHECK ((sensitivity = ANY (ARRAY['low'::text, 'standard'::text, 'high'::text])))
-- constraint warning_severity_check CHECK (((severity >= 1) AND (severity <= 3)))
-- constraint warning_status_check CHECK ((status = ANY (ARRAY['open'::text, 'acknowledged'::text, 'investigating'::text, 'dismissed'::text])))
-- CREATE INDEX warning_newest ON public.warning USING btree (last_on DESC, id DESC, area_pos)
-- CREATE INDEX warning_of_area ON public.warning USING btree (area_id, method, last_on DESC)
-- CREATE INDEX warning_unsettled ON public.warning USING btree (last_on DESC, id DESC, area_pos) WHERE (status = ANY (ARRAY['open'::text, 'investigating'::text]))
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select, update to luytre_app

-- What people decided about a warning, one after another; a decision taken back stays here
create table public.warning_decision (
  id uuid not null,
  warning_id uuid not null,
  area_pos integer not null,
  status text not null,
  reason text,
  severity smallint not null,
  before_status text not null,
  before_id uuid,
  decided_by text not null,
  decided_at timestamp with time zone not null,
  undone_by text,
  undone_at timestamp with time zone,
  command_id uuid not null
);
-- row-level security
-- constraint warning_decision_pkey PRIMARY KEY (id)
-- constraint warning_decision_warning_id_fkey FOREIGN KEY (warning_id) REFERENCES warning(id)
-- constraint warning_decision_check CHECK (((status <> 'dismissed'::text) OR (reason IS NOT NULL)))
-- constraint warning_decision_status_check CHECK ((status = ANY (ARRAY['acknowledged'::text, 'investigating'::text, 'dismissed'::text])))
-- CREATE INDEX warning_decision_of ON public.warning_decision USING btree (warning_id, decided_at)
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select, update to luytre_app

-- How readily warnings sound in an area and everything below it; the newest row of an area counts
create table public.warning_sensitivity (
  area_id integer not null,
  area_pos integer not null,
  sensitivity text,
  set_by text not null,
  set_at timestamp with time zone not null,
  command_id uuid not null
);
-- row-level security
-- constraint warning_sensitivity_pkey PRIMARY KEY (area_id, set_at, command_id)
-- constraint warning_sensitivity_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id)
-- constraint warning_sensitivity_sensitivity_check CHECK ((sensitivity = ANY (ARRAY['low'::text, 'standard'::text, 'high'::text])))
-- policy area for all using ((area_pos >= (current_setting('app.lo'::text))::integer) AND (area_pos <= (current_setting('app.hi'::text))::integer) AND (( SELECT (current_setting('app.ranges'::text) = '{}'::text)) OR (( SELECT (current_setting('app.ranges'::text))::int4multirange AS current_setting) @> area_pos)))
-- grant insert, select to luytre_app
