-- Sequences' lineage calls and serosurveys, as laboratories send them. No row is changed but to say what took its place.
create table sequence_sample (
  id uuid primary key,
  disease text not null,
  sender text not null,
  row_key text not null,
  collected_on date not null,
  area_id integer not null references area (id),
  area_pos integer not null,
  import_id uuid not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  command_id uuid not null,
  superseded_at timestamptz,
  superseded_by uuid
);
comment on table sequence_sample is 'Where and when the sample of a sequence was taken, for files of calls that do not say it; no names, nothing of the person';
comment on column sequence_sample.id is 'UUIDv7';
comment on column sequence_sample.disease is 'Disease';
comment on column sequence_sample.sender is 'Laboratory the list came from, as named at the import; its sequence names are unique under it';
comment on column sequence_sample.row_key is 'Name of the sequence';
comment on column sequence_sample.collected_on is 'Day the sample was taken';
comment on column sequence_sample.area_id is 'Area the sample comes from, the lowest known';
comment on column sequence_sample.area_pos is 'Position of that area (row-level security)';
comment on column sequence_sample.import_id is 'Import that brought it';
comment on column sequence_sample.recorded_by is 'Username';
comment on column sequence_sample.recorded_at is 'Instant';
comment on column sequence_sample.command_id is 'Command that wrote it';
comment on column sequence_sample.superseded_at is 'Instant another row took its place, or its import was undone; null while it is in force';
comment on column sequence_sample.superseded_by is 'Command that did so';
create unique index sequence_sample_in_force on sequence_sample (disease, sender, row_key) where superseded_at is null;
create index sequence_sample_of_import on sequence_sample (import_id);
create index sequence_sample_gone on sequence_sample (superseded_by) where superseded_by is not null;
alter table sequence_sample enable row level security;
create policy area on sequence_sample using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert, update on sequence_sample to luytre_app;

create table lineage_call (
  id uuid primary key,
  disease text not null,
  sender text not null,
  row_key text not null,
  sequence_id text not null,
  tool text not null check (tool in ('nextclade', 'pangolin', 'other')),
  tool_version text,
  lineage text,
  clade text,
  who_label text,
  quality text not null check (quality in ('good', 'mediocre', 'bad', 'unknown')),
  collected_on date not null,
  area_id integer not null references area (id),
  area_pos integer not null,
  import_id uuid not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  command_id uuid not null,
  superseded_at timestamptz,
  superseded_by uuid
);
comment on table lineage_call is 'What a program said which lineage a sequenced sample belongs to; no names, nothing of the person';
comment on column lineage_call.id is 'UUIDv7';
comment on column lineage_call.disease is 'Disease';
comment on column lineage_call.sender is 'Laboratory the call came from, as named at the import; its sequence names are unique under it';
comment on column lineage_call.row_key is 'Program and name of the sequence: one call of each is in force';
comment on column lineage_call.sequence_id is 'Name of the sequence, as in the file';
comment on column lineage_call.tool is 'Program the file came from: nextclade, pangolin, other';
comment on column lineage_call.tool_version is 'Version of the program’s data, where the file says it; null: not said';
comment on column lineage_call.lineage is 'Pango lineage; null where none could be assigned';
comment on column lineage_call.clade is 'Nextstrain clade; null where the program gives none';
comment on column lineage_call.who_label is 'Name of the World Health Organization (Delta, Omicron), where the file says it';
comment on column lineage_call.quality is 'Quality as the program judged it: good, mediocre, bad (counts in no share), unknown';
comment on column lineage_call.collected_on is 'Day the sample was taken';
comment on column lineage_call.area_id is 'Area the sample comes from, the lowest known';
comment on column lineage_call.area_pos is 'Position of that area (row-level security)';
comment on column lineage_call.import_id is 'Import that brought it';
comment on column lineage_call.recorded_by is 'Username';
comment on column lineage_call.recorded_at is 'Instant';
comment on column lineage_call.command_id is 'Command that wrote it';
comment on column lineage_call.superseded_at is 'Instant another row took its place, or its import was undone; null while it is in force';
comment on column lineage_call.superseded_by is 'Command that did so';
create unique index lineage_call_in_force on lineage_call (disease, sender, row_key) where superseded_at is null;
create index lineage_call_of_days on lineage_call (disease, collected_on, area_pos) where superseded_at is null;
create index lineage_call_of_import on lineage_call (import_id);
create index lineage_call_gone on lineage_call (superseded_by) where superseded_by is not null;
alter table lineage_call enable row level security;
create policy area on lineage_call using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert, update on lineage_call to luytre_app;

create table serosurvey_result (
  id uuid primary key,
  disease text not null,
  sender text not null,
  row_key text not null,
  survey text not null,
  from_on date not null,
  to_on date not null,
  age_from integer not null check (age_from between 0 and 120),
  age_to integer check (age_to between age_from and 120),
  tested integer not null check (tested > 0),
  positive integer not null check (positive between 0 and tested),
  assay text not null,
  sensitivity double precision check (sensitivity between 0 and 1),
  sensitivity_of integer check (sensitivity_of > 0),
  specificity double precision check (specificity between 0 and 1),
  specificity_of integer check (specificity_of > 0),
  area_id integer not null references area (id),
  area_pos integer not null,
  import_id uuid not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  command_id uuid not null,
  superseded_at timestamptz,
  superseded_by uuid,
  check (from_on <= to_on),
  check ((sensitivity is null) = (specificity is null))
);
comment on table serosurvey_result is 'Antibody tests of a survey in one area and age group: counts, never people';
comment on column serosurvey_result.id is 'UUIDv7';
comment on column serosurvey_result.disease is 'Disease';
comment on column serosurvey_result.sender is 'Who sent it, as named at the import';
comment on column serosurvey_result.row_key is 'Survey, area, days, ages and assay: one result of each is in force';
comment on column serosurvey_result.survey is 'Name of the survey; empty where the file has none';
comment on column serosurvey_result.from_on is 'First day blood was taken';
comment on column serosurvey_result.to_on is 'Last day';
comment on column serosurvey_result.age_from is 'Youngest age of the group. Unit: years';
comment on column serosurvey_result.age_to is 'Oldest age of the group, this year included; null: no upper end. Unit: years';
comment on column serosurvey_result.tested is 'Persons tested';
comment on column serosurvey_result.positive is 'Of them positive';
comment on column serosurvey_result.assay is 'Name of the assay; empty where the file has none';
comment on column serosurvey_result.sensitivity is 'Share of those once infected whom the assay finds; null: not said, nothing can be corrected';
comment on column serosurvey_result.sensitivity_of is 'Positive controls that share was measured on; null: not said';
comment on column serosurvey_result.specificity is 'Share of those never infected whom the assay finds negative; null: not said';
comment on column serosurvey_result.specificity_of is 'Negative controls that share was measured on; null: not said';
comment on column serosurvey_result.area_id is 'Area';
comment on column serosurvey_result.area_pos is 'Position of that area (row-level security)';
comment on column serosurvey_result.import_id is 'Import that brought it';
comment on column serosurvey_result.recorded_by is 'Username';
comment on column serosurvey_result.recorded_at is 'Instant';
comment on column serosurvey_result.command_id is 'Command that wrote it';
comment on column serosurvey_result.superseded_at is 'Instant another row took its place, or its import was undone; null while it is in force';
comment on column serosurvey_result.superseded_by is 'Command that did so';
create unique index serosurvey_result_in_force on serosurvey_result (disease, sender, row_key) where superseded_at is null;
create index serosurvey_result_of_days on serosurvey_result (disease, to_on, area_pos) where superseded_at is null;
create index serosurvey_result_of_import on serosurvey_result (import_id);
create index serosurvey_result_gone on serosurvey_result (superseded_by) where superseded_by is not null;
alter table serosurvey_result enable row level security;
create policy area on serosurvey_result using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert, update on serosurvey_result to luytre_app;
