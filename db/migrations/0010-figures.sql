-- Aggregate figures: one number for an area, a day, a disease and a metric. Most offices start with these, before any case is entered.
create table metric (
  code text primary key check (code ~ '^[a-z][a-z0-9_]{1,59}$'),
  name_vi text not null,
  name_en text not null,
  unit text not null check (unit in ('person', 'case', 'test', 'dose', 'bed', 'facility', 'item', 'category')),
  kind text not null check (kind in ('daily_count', 'stock', 'cumulative', 'population', 'category')),
  categories text[] not null,
  minimum bigint,
  maximum bigint,
  aliases text[] not null,
  asked_daily boolean not null,
  position integer not null,
  command_id uuid not null,
  recorded_at timestamptz not null,
  check ((kind = 'category') = (cardinality(categories) > 0)),
  check (minimum is null or maximum is null or minimum <= maximum)
);
comment on table metric is 'Metrics the office defined itself, by command; those the product ships with are in modules/figures/shipped-metrics.ts';
comment on column metric.code is 'Name of the metric in rulebooks, files and the API';
comment on column metric.name_vi is 'Name in Vietnamese; a column heading is recognised by it';
comment on column metric.name_en is 'Name in English';
comment on column metric.unit is 'What is counted: person, case, test, dose, bed, facility, item; category where nothing is';
comment on column metric.kind is 'daily_count (adds up over days), stock (what is there on the day), cumulative (total so far), population, category';
comment on column metric.categories is 'Codes of a category metric from the lowest to the highest; a figure stores the position, from 0';
comment on column metric.minimum is 'Smallest value a figure may be entered with';
comment on column metric.maximum is 'Largest value a figure may be entered with';
comment on column metric.aliases is 'Other headings by which a column of a file is recognised';
comment on column metric.asked_daily is 'Whether every commune is asked for it each day: a column of the entry grid, and of the list of those who have not reported';
comment on column metric.position is 'Order on screens';
comment on column metric.command_id is 'Command that defined it';
comment on column metric.recorded_at is 'Instant it was recorded';
grant select, insert on metric to luytre_app;

create table figure_source (
  id integer generated always as identity primary key,
  name text not null unique
);
comment on table figure_source is 'Where figures come from; a series of a thousand days names its source a thousand times, so it is kept once';
comment on column figure_source.id is 'Key';
comment on column figure_source.name is 'As the sender named it: a file, a document, a web address, an office';
grant select, insert on figure_source to luytre_app;

create table figure (
  id uuid primary key,
  disease text not null,
  metric text not null,
  area_id integer not null references area (id),
  area_pos integer not null,
  day date not null,
  value bigint not null,
  status text not null check (status in ('accepted', 'held', 'rejected')),
  hold_reason text check (hold_reason in ('jump', 'negative', 'above_population')),
  hold_limit bigint,
  source_id integer not null references figure_source (id),
  recorded_at timestamptz not null,
  recorded_by text not null,
  command_id uuid not null,
  import_id uuid,
  decided_at timestamptz,
  decided_by text,
  decided_reason text,
  known_from timestamptz not null,
  unique (disease, metric, area_id, day),
  check (status <> 'held' or hold_reason is not null)
) with (fillfactor = 80);
comment on table figure is 'The figure in force for an area, day, disease and metric; what it was before stands in figure_history';
comment on column figure.id is 'Key of this image; a correction or a decision makes a new one';
comment on column figure.disease is 'Disease profile, e.g. covid-19';
comment on column figure.metric is 'What is counted: a shipped metric or one of the table metric';
comment on column figure.area_id is 'Area the figure is for, itself, not the sum of its parts';
comment on column figure.area_pos is 'Position of that area in its tree (row-level security)';
comment on column figure.day is 'Day the figure is for';
comment on column figure.value is 'Whole number in the unit of the metric; for a category metric the position in its categories, from 0';
comment on column figure.status is 'accepted; held until an epidemiologist decides, and rejected: both count as missing';
comment on column figure.hold_reason is 'Why it was held: jump (over 10 × the 28-day median + 20), negative, above_population; kept after the decision';
comment on column figure.hold_limit is 'The limit it went over';
comment on column figure.source_id is 'Where it comes from';
comment on column figure.recorded_at is 'Instant the value was reported';
comment on column figure.recorded_by is 'Actor who reported it';
comment on column figure.command_id is 'Command that reported it';
comment on column figure.import_id is 'Import that reported it; null when entered on screen';
comment on column figure.decided_at is 'Instant it was confirmed or rejected';
comment on column figure.decided_by is 'Actor who confirmed or rejected it';
comment on column figure.decided_reason is 'Reason given';
comment on column figure.known_from is 'Instant this image came into force: of the report, the decision or the undo';
create index figure_day on figure (day desc, id desc, area_pos);
create index figure_held on figure (area_pos) where status = 'held';
create index figure_import on figure (import_id) where import_id is not null;
alter table figure enable row level security;
create policy area on figure using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert, update, delete on figure to luytre_app;

create table figure_history (
  id uuid primary key,
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
  recorded_at timestamptz not null,
  recorded_by text not null,
  command_id uuid not null,
  import_id uuid,
  decided_at timestamptz,
  decided_by text,
  decided_reason text,
  known_from timestamptz not null,
  superseded_at timestamptz not null,
  superseded_by uuid not null
);
comment on table figure_history is 'Append-only: what figures were before; with figure it answers "as known at" any instant';
comment on column figure_history.id is 'Key of the image, as it was in figure';
comment on column figure_history.disease is 'Disease profile';
comment on column figure_history.metric is 'What is counted';
comment on column figure_history.area_id is 'Area the figure was for';
comment on column figure_history.area_pos is 'Position of that area in its tree (row-level security)';
comment on column figure_history.day is 'Day the figure was for';
comment on column figure_history.value is 'Whole number in the unit of the metric';
comment on column figure_history.status is 'accepted, held or rejected';
comment on column figure_history.hold_reason is 'Why it was held';
comment on column figure_history.hold_limit is 'The limit it went over';
comment on column figure_history.source_id is 'Where it came from';
comment on column figure_history.recorded_at is 'Instant the value was reported';
comment on column figure_history.recorded_by is 'Actor who reported it';
comment on column figure_history.command_id is 'Command that reported it';
comment on column figure_history.import_id is 'Import that reported it';
comment on column figure_history.decided_at is 'Instant it was confirmed or rejected';
comment on column figure_history.decided_by is 'Actor who confirmed or rejected it';
comment on column figure_history.decided_reason is 'Reason given';
comment on column figure_history.known_from is 'Instant this image came into force';
comment on column figure_history.superseded_at is 'Instant it stopped being in force';
comment on column figure_history.superseded_by is 'Command that superseded it: a correction, a decision or the undo of an import';
create index figure_history_key on figure_history (disease, metric, area_id, day, known_from);
create index figure_history_import on figure_history (import_id) where import_id is not null;
create index figure_history_superseded on figure_history (superseded_by);
alter table figure_history enable row level security;
create policy area on figure_history using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert on figure_history to luytre_app;

create table figure_deadline (
  area_id integer primary key references area (id),
  area_pos integer not null,
  hour integer not null check (hour between 0 and 23),
  recorded_at timestamptz not null,
  recorded_by text not null,
  command_id uuid not null
);
comment on table figure_deadline is 'Hour of the day by which the communes of an area report; the nearest area above a commune that has one decides';
comment on column figure_deadline.area_id is 'Area it holds in, with its subtree';
comment on column figure_deadline.area_pos is 'Position of that area';
comment on column figure_deadline.hour is 'Hour of the province''s day, 0 to 23';
comment on column figure_deadline.recorded_at is 'Instant it was set';
comment on column figure_deadline.recorded_by is 'Actor who set it';
comment on column figure_deadline.command_id is 'Command that set it';
alter table figure_deadline enable row level security;
-- A commune reads the hour its district or province set: an hour is no secret.
create policy read on figure_deadline for select using (true);
create policy area on figure_deadline using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert, update on figure_deadline to luytre_app;

create table figure_reminder (
  area_id integer not null references area (id),
  area_pos integer not null,
  day date not null,
  reminded_at timestamptz not null,
  reminded_by text not null,
  command_id uuid not null,
  primary key (area_id, day, command_id)
);
comment on table figure_reminder is 'Append-only: that an area was reminded of a day it had not reported';
comment on column figure_reminder.area_id is 'Area reminded';
comment on column figure_reminder.area_pos is 'Position of that area (row-level security)';
comment on column figure_reminder.day is 'Day whose figures were missing';
comment on column figure_reminder.reminded_at is 'Instant of the reminder';
comment on column figure_reminder.reminded_by is 'Actor who reminded';
comment on column figure_reminder.command_id is 'Command that recorded it';
create index figure_reminder_day on figure_reminder (day, area_id);
alter table figure_reminder enable row level security;
create policy area on figure_reminder using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert on figure_reminder to luytre_app;
