-- The indicator engine: append-only deltas and their sum, kept at the lowest known area and rolled up on read.
create table indicator_delta (
  area_id integer not null,
  area_pos integer not null,
  day date not null,
  disease text not null,
  metric text not null,
  delta integer not null,
  recorded_at timestamptz not null,
  command_id uuid not null
);
comment on table indicator_delta is 'Append-only changes of counts, written by the command that made them; history answers "as known then"';
comment on column indicator_delta.area_id is 'Lowest known area of the fact';
comment on column indicator_delta.area_pos is 'Position of that area in its tree (row-level security)';
comment on column indicator_delta.day is 'Day the fact counts for (report day by default)';
comment on column indicator_delta.disease is 'Disease profile, e.g. covid-19';
comment on column indicator_delta.metric is 'Metric code, e.g. cases_new';
comment on column indicator_delta.delta is 'Change of the count';
comment on column indicator_delta.recorded_at is 'Instant the command was recorded';
comment on column indicator_delta.command_id is 'Command that made the change';
create index indicator_delta_known on indicator_delta (disease, metric, day, recorded_at);
alter table indicator_delta enable row level security;
create policy area on indicator_delta using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert on indicator_delta to luytre_app;

create table indicator_sum (
  disease text not null,
  metric text not null,
  area_id integer not null,
  day date not null,
  area_pos integer not null,
  value integer not null,
  changed_at timestamptz not null,
  primary key (disease, metric, area_id, day)
) with (fillfactor = 80);
comment on table indicator_sum is 'Sum of indicator_delta by disease, metric, area and day: what is known now';
comment on column indicator_sum.disease is 'Disease profile';
comment on column indicator_sum.metric is 'Metric code';
comment on column indicator_sum.area_id is 'Lowest known area';
comment on column indicator_sum.day is 'Day the facts count for';
comment on column indicator_sum.area_pos is 'Position of the area (row-level security)';
comment on column indicator_sum.value is 'Count';
comment on column indicator_sum.changed_at is 'Instant of the last change: the freshness of the number';
create index indicator_sum_day on indicator_sum (disease, metric, day);
alter table indicator_sum enable row level security;
create policy area on indicator_sum using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert, update on indicator_sum to luytre_app;
