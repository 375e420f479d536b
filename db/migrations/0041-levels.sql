-- Levels as they were published on paper: the "previous level" of the capacity brake.
create table level_published (
  area_id integer not null references area (id),
  area_pos integer not null,
  disease text not null,
  effective_from date not null,
  level smallint not null check (level between 1 and 4),
  document text not null,
  recorded_at timestamptz not null,
  command_id uuid not null,
  primary key (area_id, disease, effective_from, recorded_at)
);
comment on table level_published is 'Epidemic levels published by decision of the province; a later record for the same day supersedes, nothing is overwritten';
comment on column level_published.area_id is 'Area the level holds in';
comment on column level_published.area_pos is 'Position of that area (row-level security)';
comment on column level_published.disease is 'Disease';
comment on column level_published.effective_from is 'First day the level holds';
comment on column level_published.level is '1 to 4';
comment on column level_published.document is 'Number of the decision';
comment on column level_published.recorded_at is 'Instant it was recorded here';
comment on column level_published.command_id is 'Command that recorded it';
alter table level_published enable row level security;
create policy area on level_published using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert on level_published to luytre_app;
