-- Many cases edited at once. The images before are in case_history as after any correction; here stands what was meant and how far it came.
create table case_bulk (
  id uuid primary key,
  area_pos integer not null,
  ranges jsonb not null,
  changes jsonb not null,
  reason text not null,
  matched_count integer not null,
  status text not null check (status in ('running', 'done', 'cancelled', 'interrupted', 'undoing', 'undone')),
  batch_count integer not null default 0,
  walked_count integer not null default 0,
  changed_count integer not null default 0,
  refused_count integer not null default 0,
  refusals jsonb not null default '[]',
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  undone_count integer not null default 0,
  undone_by text,
  undone_at timestamptz
);
comment on table case_bulk is 'A bulk edit of cases: what it set, how many it changed and refused, and whether it was undone';
comment on column case_bulk.id is 'Key; the command that began it has the same id';
comment on column case_bulk.area_pos is 'Position of the area its maker works in (row-level security)';
comment on column case_bulk.ranges is 'Positions the maker might write in: who undoes it needs them too';
comment on column case_bulk.changes is 'Field → value it gives; null empties the field';
comment on column case_bulk.reason is 'Why';
comment on column case_bulk.matched_count is 'Cases it meant when it began; 10 001 where counting stopped';
comment on column case_bulk.status is 'running, done, cancelled, interrupted by a stop of the server, undoing or undone';
comment on column case_bulk.batch_count is 'Batches written; each is one command of at most 10 000 rows';
comment on column case_bulk.walked_count is 'Cases it has come to';
comment on column case_bulk.changed_count is 'Cases it changed';
comment on column case_bulk.refused_count is 'Cases a rule refused to change, or that others had changed after the preview';
comment on column case_bulk.refusals is 'The first of them: id, number, code of the problem and its values';
comment on column case_bulk.created_by is 'Actor';
comment on column case_bulk.created_by_name is 'Username of the actor, as case_history names it';
comment on column case_bulk.created_at is 'Instant it began';
comment on column case_bulk.finished_at is 'Instant its last batch was written';
comment on column case_bulk.undone_count is 'Cases that were given back what they had';
comment on column case_bulk.undone_by is 'Username of who undid it';
comment on column case_bulk.undone_at is 'Instant it was undone';
alter table case_bulk enable row level security;
create policy area on case_bulk using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert, update on case_bulk to luytre_app;

alter table case_history add column bulk_id uuid;
comment on column case_history.bulk_id is 'Bulk edit that replaced the image, or whose undo did';
create index case_history_bulk on case_history (bulk_id, case_id) where bulk_id is not null;
alter table case_history drop constraint case_history_action_check;
alter table case_history add constraint case_history_action_check check (
  action in ('corrected', 'transferred', 'withdrawn', 'bulk', 'bulk_undone', 'closed', 'reopened', 'merged', 'unmerged', 'course')
);
comment on column case_history.action is 'What replaced it: corrected, transferred, withdrawn by the undo of its import, bulk (a bulk edit), bulk_undone, closed, reopened, merged into another case, unmerged, or course (a day of the clinical course)';

-- An index that looks at outcome or diagnosis makes every edit of them write into every index of the table (no heap-only update): ten thousand
-- cases then take three times as long. A summary by blocks does not (from PostgreSQL 16), and finds what few rows have: `died` is the least of
-- the outcomes, `confirmed` the least of the diagnoses. What many rows have is found in the order of the list.
drop index case_record_died, case_record_unconfirmed;
create index case_record_outcome_summary on case_record using brin (outcome, diagnosis) with (pages_per_range = 8, autosummarize = on);
