-- Sheets of the ministry and of the province that an export fills in. They hold no facts: who may use one is asked by area.
create table case_layout (
  id uuid primary key,
  name text not null,
  file_name text not null,
  file bytea not null,
  sheet text,
  header_row integer not null check (header_row between 1 and 200),
  columns jsonb not null,
  area_pos integer not null,
  area_pos_end integer not null,
  owner text not null,
  owner_name text not null,
  changed_at timestamptz not null
);
comment on table case_layout is 'A sheet an export of cases fills in: an office''s own workbook with the fields its columns stand for';
comment on column case_layout.id is 'Key';
comment on column case_layout.name is 'Name, e.g. Mẫu báo cáo hằng ngày của Sở Y tế';
comment on column case_layout.file_name is 'Name of the file it came from';
comment on column case_layout.file is 'The workbook (XLSX)';
comment on column case_layout.sheet is 'Its sheet; null for the first';
comment on column case_layout.header_row is 'Last row of the header; rows go beneath it';
comment on column case_layout.columns is 'Column index from 0 and the field that goes into it';
comment on column case_layout.area_pos is 'Position of the area whose people use it';
comment on column case_layout.area_pos_end is 'Last position beneath that area';
comment on column case_layout.owner is 'Actor who made it';
comment on column case_layout.owner_name is 'Username of the actor';
comment on column case_layout.changed_at is 'Instant it was last saved';
create unique index case_layout_name on case_layout (owner, name);
grant select, insert, update, delete on case_layout to luytre_app;
alter table case_layout enable row level security;
create policy area on case_layout using (
  area_pos <= current_setting('app.hi')::int and area_pos_end >= current_setting('app.lo')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange && int4range(area_pos, area_pos_end, '[]'))
);
