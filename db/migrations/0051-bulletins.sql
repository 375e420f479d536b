-- Bulletins: what is drafted of a day, and the wording each office has chosen.
create table bulletin (
  id uuid primary key,
  kind text not null check (kind in ('daily', 'levels')),
  area_id integer not null references area (id),
  area_pos integer not null,
  disease text not null,
  day date not null,
  status text not null check (status in ('draft', 'issued')),
  known text not null check (known in ('latest', 'closing')),
  remarks text not null,
  effective_on date,
  template_area_id integer references area (id),
  template_version integer not null,
  figures json not null,
  taken_at timestamptz not null,
  document_id uuid references document (id),
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  command_id uuid not null,
  check ((status = 'issued') = (document_id is not null))
);
comment on table bulletin is 'Bulletins of an area and day: drafts, and those issued with their document';
comment on column bulletin.id is 'Key';
comment on column bulletin.kind is 'daily: report to the Standing Committee; levels: announcement of epidemic levels';
comment on column bulletin.area_id is 'Area it is about and whose office issues it';
comment on column bulletin.area_pos is 'Position of that area (row-level security)';
comment on column bulletin.disease is 'Disease';
comment on column bulletin.day is 'Reporting day it is about';
comment on column bulletin.status is 'draft or issued';
comment on column bulletin.known is 'latest: figures as known when taken; closing: as known when the day closed';
comment on column bulletin.remarks is 'What the office adds in its own words, one paragraph a line';
comment on column bulletin.effective_on is 'First day the announced levels hold; null for a daily report';
comment on column bulletin.template_area_id is 'Area whose wording it uses; null for the product''s own';
comment on column bulletin.template_version is 'Version of that wording; 0 for the product''s own';
comment on column bulletin.figures is 'Every figure it shows with period, source and freshness, as taken at taken_at';
comment on column bulletin.taken_at is 'Instant the figures were taken';
comment on column bulletin.document_id is 'The document it was issued as';
comment on column bulletin.created_at is 'Instant it was opened';
comment on column bulletin.created_by is 'Actor who opened it';
comment on column bulletin.changed_at is 'Instant of the last change';
comment on column bulletin.changed_by is 'Actor of the last change';
comment on column bulletin.command_id is 'Command of the last change';
create index bulletin_newest on bulletin (day desc, id desc);
create unique index bulletin_document on bulletin (document_id);
-- One draft at a time: two officers opening the same day work on the same paper.
create unique index bulletin_draft on bulletin (area_id, kind, disease, day) where status = 'draft';
alter table bulletin enable row level security;
create policy area on bulletin using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert, update on bulletin to luytre_app;

create table bulletin_template (
  kind text not null check (kind in ('daily', 'levels')),
  area_id integer not null references area (id),
  version integer not null check (version > 0),
  body text not null,
  frame json not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  recorded_by_name text not null,
  command_id uuid not null,
  primary key (kind, area_id, version)
);
comment on table bulletin_template is 'Wording of bulletins as offices changed it; a version is never edited, the last one counts for its area and everything below until a lower area has its own';
comment on column bulletin_template.kind is 'Kind of bulletin';
comment on column bulletin_template.area_id is 'Area whose office it belongs to';
comment on column bulletin_template.version is '1, 2, 3 … in order of recording';
comment on column bulletin_template.body is 'The text with its placeholders, one block a line';
comment on column bulletin_template.frame is 'Issuer, symbol, place, type, subject, addressees, recipients, signature, first day counted';
comment on column bulletin_template.recorded_at is 'Instant it was recorded';
comment on column bulletin_template.recorded_by is 'Actor who recorded it';
comment on column bulletin_template.recorded_by_name is 'Name of that actor then';
comment on column bulletin_template.command_id is 'Command that recorded it';
-- Wordings hold no facts of an area: an office below reads those of the one above, which its row scope would hide.
grant select, insert on bulletin_template to luytre_app;
