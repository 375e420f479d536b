-- Scenario runs somebody saved: what was assumed, and what came of it, small enough to be held against what really comes.
create table scenario (
  id uuid primary key,
  area_id integer not null references area (id),
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
  made_at timestamptz not null,
  withdrawn_at timestamptz
);
comment on table scenario is 'Scenario runs that were saved: a baseline and variants of it. Inputs and outcomes never change; the name may, and a withdrawn one is listed no more';
comment on column scenario.id is 'UUIDv7, the command that saved it';
comment on column scenario.area_id is 'Area';
comment on column scenario.area_pos is 'Position of that area (row-level security)';
comment on column scenario.name is 'What people call it';
comment on column scenario.name_key is 'The name for searching: lower case, without marks';
comment on column scenario.on_day is 'Day 0 of the runs';
comment on column scenario.ground is 'What all variants share: disease, people, cases a day, immunity, doses given';
comment on column scenario.variants is 'The baseline first, then its variants: contacts, doses a day, tracing, cases from outside, beds';
comment on column scenario.staff is 'Patients one member of staff cares for, by tier, as typed by whoever saved it; null where nothing was typed';
comment on column scenario.outcomes is 'Of each variant the bands by day, totals, peaks and when beds run out';
comment on column scenario.inputs_sha256 is 'SHA-256 of everything the computation was given';
comment on column scenario.code_version is 'Version of the program and digest of its methods';
comment on column scenario.seed is 'Seed of the random draws; it follows from what the variants share';
comment on column scenario.made_by is 'Account that saved it';
comment on column scenario.made_by_name is 'Name of that account then';
comment on column scenario.made_at is 'Instant it was saved';
comment on column scenario.withdrawn_at is 'Instant it was withdrawn; null while it is listed';
create index scenario_newest on scenario (made_at desc, id desc) where withdrawn_at is null;
alter table scenario enable row level security;
create policy area on scenario using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert on scenario to luytre_app;
grant update (name, name_key, withdrawn_at) on scenario to luytre_app;
