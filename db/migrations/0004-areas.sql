-- Administrative units with validity; reference rows are loaded by content (db/reference), those an officer adds come by command.
create table area (
  id integer primary key,
  code text not null,
  level text not null check (level in ('country', 'province', 'district', 'commune', 'hamlet', 'group')),
  kind text not null,
  name text not null,
  name_en text not null,
  parent_id integer references area (id),
  valid_from date not null,
  valid_to date,
  pos integer not null,
  pos_end integer not null,
  stands_in boolean not null default false,
  command_id uuid,
  import_id uuid,
  recorded_at timestamptz not null default now(),
  check (pos <= pos_end),
  check (valid_to is null or valid_from <= valid_to)
);
comment on table area is 'Administrative unit in the days it was valid; a code means nothing without its day';
comment on column area.id is 'Stable key: reference units below 1 000 000, units added in the province from there on';
comment on column area.code is 'Official code (General Statistics Office), or the office''s own below commune level';
comment on column area.level is 'country, province, district, commune, hamlet (ấp, khu phố) or group (tổ nhân dân tự quản)';
comment on column area.kind is 'Kind in Vietnamese: Tỉnh, Thành phố, Huyện, Phường, Xã, Thị trấn, Đặc khu, Ấp, Khu phố, Tổ';
comment on column area.name is 'Full Vietnamese name with its kind';
comment on column area.name_en is 'English name';
comment on column area.parent_id is 'Unit it lies in';
comment on column area.valid_from is 'First day of validity';
comment on column area.valid_to is 'Last day of validity; null while it stands';
comment on column area.pos is 'Position in the tree; facts known only at this unit carry it';
comment on column area.pos_end is 'Last position of its subtree';
comment on column area.stands_in is 'The unit of a later tree stands in for these days because the true tree is not at hand';
comment on column area.command_id is 'Command that added it; null for reference rows';
comment on column area.import_id is 'Import that added it';
comment on column area.recorded_at is 'Instant it was recorded';
create index area_code on area (code, valid_from);
create index area_parent on area (parent_id);
create sequence area_added start 1000000 owned by area.id;

create table area_successor (
  from_id integer not null references area (id),
  to_id integer not null references area (id),
  share numeric(9, 6) not null check (share > 0 and share <= 1),
  estimated boolean not null,
  basis text not null,
  primary key (from_id, to_id)
);
comment on table area_successor is 'Crosswalk: what became of a unit';
comment on column area_successor.from_id is 'Former unit';
comment on column area_successor.to_id is 'Unit it went into';
comment on column area_successor.share is 'Share of the former unit''s people, 0 to 1; shares of one unit sum to 1';
comment on column area_successor.estimated is 'Whether the share is an estimate (split units)';
comment on column area_successor.basis is 'Where the share comes from';

create table area_population (
  area_id integer not null references area (id),
  metric text not null,
  as_of date not null,
  value integer not null check (value >= 0),
  source text not null,
  confidence text not null,
  estimated boolean not null,
  primary key (area_id, metric, as_of)
);
comment on table area_population is 'Reference population; a population figure entered by the office takes precedence';
comment on column area_population.area_id is 'Unit';
comment on column area_population.metric is 'population, population_18plus …';
comment on column area_population.as_of is 'Day the number is for';
comment on column area_population.value is 'Persons';
comment on column area_population.source is 'Where it comes from';
comment on column area_population.confidence is 'found, distributed …: how it was come by';
comment on column area_population.estimated is 'Whether it was distributed from a known total';

create table deployment (
  single boolean primary key default true check (single),
  root_area_id integer not null references area (id),
  reference_sha256 text not null
);
comment on table deployment is 'One row: the province this installation serves';
comment on column deployment.single is 'Always true: there is one row';
comment on column deployment.root_area_id is 'Root area (a province); its successor after a merger is found by the crosswalk';
comment on column deployment.reference_sha256 is 'Digest of the reference files loaded last';

-- Names and codes of units are public: everyone reads the whole tree; writing is by command.
grant select, insert, update on area to luytre_app;
grant usage on sequence area_added to luytre_app;
grant select on area_successor, area_population, deployment to luytre_app;
grant insert, update on area_population to luytre_app;
