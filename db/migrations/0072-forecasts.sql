-- Forecasts of reported cases, kept as they were made, so that what came can be held against them.
create table forecast (
  area_id integer not null references area (id),
  area_pos integer not null,
  disease text not null,
  on_day date not null,
  inputs_sha256 text not null,
  code_version text not null,
  seed bigint not null,
  retrospective boolean not null,
  known_at timestamptz,
  weeks jsonb not null,
  baseline jsonb,
  detail jsonb not null,
  made_at timestamptz not null,
  command_id uuid not null,
  primary key (disease, area_id, on_day, inputs_sha256, code_version)
);
comment on table forecast is 'One forecast of an area from the end of one day; the same inputs and code give the same row, so it is written once';
comment on column forecast.area_id is 'Area';
comment on column forecast.area_pos is 'Position of that area (row-level security)';
comment on column forecast.disease is 'Disease';
comment on column forecast.on_day is 'Last day looked at';
comment on column forecast.inputs_sha256 is 'SHA-256 of everything the computation was given';
comment on column forecast.code_version is 'Version of the program and digest of its methods';
comment on column forecast.seed is 'Seed of the random draws; it follows from the inputs';
comment on column forecast.retrospective is 'Made later, from days up to on_day only, to have something to hold against what came';
comment on column forecast.known_at is 'Counts as they were known at this instant; null: as known when it was made, because the counts of these days were recorded later';
comment on column forecast.weeks is 'Cases of the coming weeks: for each of 1 to 4 weeks the 23 quantiles of the forecast hubs';
comment on column forecast.baseline is 'The same of the baseline: as many as last week, as uncertain as past changes; null with less than two weeks';
comment on column forecast.detail is 'Reproduction numbers by day and the days whose reports are not complete yet';
comment on column forecast.made_at is 'Instant it was made';
comment on column forecast.command_id is 'Command that wrote it';
create index forecast_of_day on forecast (disease, on_day, area_id);
alter table forecast enable row level security;
create policy area on forecast using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert on forecast to luytre_app;
