-- Imports: one row a file that was sent, what became of it, and what was said of its rows. The file itself lies in the
-- data folder; what it brought into the registries carries its id as import_id.
create table import_run (
  id uuid primary key,
  kind text not null,
  sender text not null,
  file_name text not null,
  file_sha256 bytea not null,
  file_bytes bigint not null,
  encoding text,
  sheet text,
  mapping jsonb,
  options jsonb not null default '{}',
  choices jsonb not null default '[]',
  status text not null check (status in ('uploaded', 'checked', 'running', 'cancelled', 'interrupted', 'failed', 'done', 'undone')),
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
  created_at timestamptz not null,
  changed_at timestamptz not null,
  finished_at timestamptz,
  undone_by text,
  undone_at timestamptz
) with (fillfactor = 80);
comment on table import_run is 'A file that was sent to be imported, and how far it has come';
comment on column import_run.id is 'Key; facts brought in by it carry it as import_id, and its file in the data folder is named by it';
comment on column import_run.kind is 'What the file holds: cases, figures, areas';
comment on column import_run.sender is 'Whom the file came from, as named by the person who sent it; numbers of a sender are unique under it. Empty when not said';
comment on column import_run.file_name is 'Name of the file at the sender''s';
comment on column import_run.file_sha256 is 'SHA-256 of the file: the same file sent twice is noticed';
comment on column import_run.file_bytes is 'Size of the file';
comment on column import_run.encoding is 'Encoding chosen by a person; null: detected';
comment on column import_run.sheet is 'Sheet chosen by a person; null: the first that holds anything';
comment on column import_run.mapping is 'Field to column index, as chosen or as committed; null: as recognised';
comment on column import_run.options is 'What was chosen for the whole file: disease, area, day, and areas for ambiguous names';
comment on column import_run.choices is 'Ambiguous area names found by the check, each with the areas it may be';
comment on column import_run.status is 'uploaded, checked, running, cancelled, interrupted, failed, done or undone';
comment on column import_run.row_count is 'Data rows read: of the whole file after a check, of the batches committed while running';
comment on column import_run.accepted_count is 'Rows taken';
comment on column import_run.rejected_count is 'Rows not taken, duplicates among them';
comment on column import_run.duplicate_count is 'Rows not taken because they are known already';
comment on column import_run.warning_count is 'Remarks on rows that were taken';
comment on column import_run.batch_count is 'Batches committed';
comment on column import_run.row_reached is 'Last row of the file, in the sender''s numbering, of the batches committed';
comment on column import_run.problem is 'Why it failed';
comment on column import_run.area_pos is 'Position of the area the importing person acts for (row-level security)';
comment on column import_run.ranges is 'Positions the importing person could write at: only who may act in all of them continues or undoes it';
comment on column import_run.created_by is 'Actor who sent the file';
comment on column import_run.created_by_name is 'Name of that actor then';
comment on column import_run.created_at is 'Instant it was sent';
comment on column import_run.changed_at is 'Instant of the last change';
comment on column import_run.finished_at is 'Instant the last batch was in';
comment on column import_run.undone_by is 'Actor who took everything back';
comment on column import_run.undone_at is 'Instant everything was taken back';
create index import_run_newest on import_run (created_at desc, id desc);
create index import_run_file on import_run (file_sha256);
alter table import_run enable row level security;
create policy area on import_run using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert, update on import_run to luytre_app;

create table import_fault (
  id bigint generated always as identity primary key,
  import_id uuid not null references import_run (id),
  area_pos integer not null,
  row_number integer not null,
  column_index integer,
  column_label text,
  field text,
  severity text not null check (severity in ('fault', 'duplicate', 'warning')),
  code text not null,
  params jsonb
);
comment on table import_fault is 'What was said of the rows of an import: of the check first, then of the commit';
comment on column import_fault.id is 'Key; in the order found';
comment on column import_fault.import_id is 'Import';
comment on column import_fault.area_pos is 'Position of the import (row-level security)';
comment on column import_fault.row_number is 'Row in the sender''s file, from 1';
comment on column import_fault.column_index is 'Column in the sender''s file, from 0; null when it concerns no single cell';
comment on column import_fault.column_label is 'The sender''s own header of that column';
comment on column import_fault.field is 'Field the column was read as';
comment on column import_fault.severity is 'fault and duplicate refuse the row, warning does not';
comment on column import_fault.code is 'Problem code';
comment on column import_fault.params is 'Values for the sentence, among them the text of the cell';
create index import_fault_row on import_fault (import_id, row_number, id);
alter table import_fault enable row level security;
create policy area on import_fault using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
-- A new check replaces what an earlier one said: nobody acts on a preview.
grant select, insert, delete on import_fault to luytre_app;

create table import_mapping (
  kind text not null,
  sender text not null,
  fingerprint text not null,
  mapping jsonb not null,
  confirmed_by text not null,
  confirmed_at timestamptz not null,
  primary key (kind, sender, fingerprint)
);
comment on table import_mapping is 'Columns as they were confirmed for a sender''s form: the next file with the same header is recognised at once';
comment on column import_mapping.kind is 'What the file holds';
comment on column import_mapping.sender is 'Sender';
comment on column import_mapping.fingerprint is 'Digest of the header';
comment on column import_mapping.mapping is 'Field to column index';
comment on column import_mapping.confirmed_by is 'Actor who committed a file with it last';
comment on column import_mapping.confirmed_at is 'Instant of that';
-- Names of columns are no personal data: every office may profit from what another has told.
grant select, insert, update on import_mapping to luytre_app;
