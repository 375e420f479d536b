-- Early warnings: what was unusual where, why, and what people decided about it.
create table warning (
  id uuid primary key,
  area_id integer not null references area (id),
  area_pos integer not null,
  disease text not null,
  method text not null check (method in ('ears', 'farrington', 'scan')),
  first_on date not null,
  last_on date not null,
  observed integer not null,
  expected double precision not null,
  bound double precision,
  severity smallint not null check (severity between 1 and 3),
  sensitivity text not null check (sensitivity in ('low', 'standard', 'high')),
  status text not null default 'open' check (status in ('open', 'acknowledged', 'investigating', 'dismissed')),
  decision_id uuid,
  worse_at timestamptz,
  evidence jsonb not null,
  code_version text not null,
  inputs_sha256 text not null,
  seed bigint,
  found_at timestamptz not null,
  changed_at timestamptz not null,
  command_id uuid not null,
  check (first_on <= last_on)
);
comment on table warning is 'One episode of unusual counts in an area: days on which a method sounded, joined while fewer than eight quiet days lie between them';
comment on column warning.id is 'UUIDv7';
comment on column warning.area_id is 'Area; of a space–time cluster the one in its centre';
comment on column warning.area_pos is 'Position of that area (row-level security)';
comment on column warning.disease is 'Disease';
comment on column warning.method is 'ears (days against the week before), farrington (weeks against past years), scan (space–time cluster)';
comment on column warning.first_on is 'First day that sounded';
comment on column warning.last_on is 'Last day that sounded; of a week its last day';
comment on column warning.observed is 'Cases of that day, week or cluster';
comment on column warning.expected is 'Cases to be expected there and then';
comment on column warning.bound is 'Most that counts as usual; null for a cluster, which is judged by its p value';
comment on column warning.severity is '1 to 3, the worst of the episode: how many times the way from expected to bound the count went beyond it';
comment on column warning.sensitivity is 'Sensitivity of the area when it was last seen';
comment on column warning.status is 'open, acknowledged, investigating or dismissed';
comment on column warning.decision_id is 'Decision that stands (warning_decision); null while open';
comment on column warning.worse_at is 'Instant it was opened again because it had become worse than when it was decided on';
comment on column warning.evidence is 'The counts, expectations and bounds as they were computed: what the picture shows';
comment on column warning.code_version is 'Version of the program and digest of its methods';
comment on column warning.inputs_sha256 is 'SHA-256 of everything the run was given';
comment on column warning.seed is 'Seed of the random replicates of a cluster';
comment on column warning.found_at is 'Instant it was first found';
comment on column warning.changed_at is 'Instant a run last saw it, or somebody decided';
comment on column warning.command_id is 'Command that wrote it last';
create index warning_newest on warning (last_on desc, id desc, area_pos);
create index warning_unsettled on warning (last_on desc, id desc, area_pos) where status in ('open', 'investigating');
create index warning_of_area on warning (area_id, method, last_on desc);
alter table warning enable row level security;
create policy area on warning using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert, update on warning to luytre_app;

create table warning_decision (
  id uuid primary key,
  warning_id uuid not null references warning (id),
  area_pos integer not null,
  status text not null check (status in ('acknowledged', 'investigating', 'dismissed')),
  reason text,
  severity smallint not null,
  before_status text not null,
  before_id uuid,
  decided_by text not null,
  decided_at timestamptz not null,
  undone_by text,
  undone_at timestamptz,
  command_id uuid not null,
  check (status <> 'dismissed' or reason is not null)
);
comment on table warning_decision is 'What people decided about a warning, one after another; a decision taken back stays here';
comment on column warning_decision.id is 'UUIDv7';
comment on column warning_decision.warning_id is 'Warning';
comment on column warning_decision.area_pos is 'Position of its area (row-level security)';
comment on column warning_decision.status is 'acknowledged, investigating or dismissed';
comment on column warning_decision.reason is 'Why; always there where it was dismissed';
comment on column warning_decision.severity is 'Severity decided on: only a worse one opens the warning again';
comment on column warning_decision.before_status is 'Status before, for taking it back';
comment on column warning_decision.before_id is 'Decision that stood before';
comment on column warning_decision.decided_by is 'Username';
comment on column warning_decision.decided_at is 'Instant';
comment on column warning_decision.undone_by is 'Username of who took it back';
comment on column warning_decision.undone_at is 'Instant it was taken back';
comment on column warning_decision.command_id is 'Command that recorded it';
create index warning_decision_of on warning_decision (warning_id, decided_at);
alter table warning_decision enable row level security;
create policy area on warning_decision using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert, update on warning_decision to luytre_app;

create table warning_sensitivity (
  area_id integer not null references area (id),
  area_pos integer not null,
  sensitivity text check (sensitivity in ('low', 'standard', 'high')),
  set_by text not null,
  set_at timestamptz not null,
  command_id uuid not null,
  primary key (area_id, set_at, command_id)
);
comment on table warning_sensitivity is 'How readily warnings sound in an area and everything below it; the newest row of an area counts';
comment on column warning_sensitivity.area_id is 'Area';
comment on column warning_sensitivity.area_pos is 'Position of that area (row-level security)';
comment on column warning_sensitivity.sensitivity is 'low, standard or high; null: as the area above again';
comment on column warning_sensitivity.set_by is 'Username';
comment on column warning_sensitivity.set_at is 'Instant';
comment on column warning_sensitivity.command_id is 'Command that set it';
alter table warning_sensitivity enable row level security;
create policy area on warning_sensitivity using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert on warning_sensitivity to luytre_app;
