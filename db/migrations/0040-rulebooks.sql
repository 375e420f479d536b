-- Rulebooks: the law as data. Shipped files are loaded by content hash; at run time this table is the only source.
create table rulebook_version (
  rulebook_id text not null,
  version integer not null,
  title_vi text not null,
  title_en text not null,
  document text not null,
  disease text not null,
  area_id integer not null references area (id),
  area_pos integer not null,
  valid_from date not null,
  valid_to date,
  sha256 bytea not null,
  dmn text not null,
  loaded_at timestamptz not null,
  loaded_by text not null,
  primary key (rulebook_id, version),
  unique (rulebook_id, sha256)
);
comment on table rulebook_version is 'Decision models (DMN 1.5) by version; a version is never edited';
comment on column rulebook_version.rulebook_id is 'Name of the rulebook, e.g. qd-4800-2021';
comment on column rulebook_version.version is '1, 2, 3 … in order of loading; the last one counts';
comment on column rulebook_version.title_vi is 'Title in Vietnamese';
comment on column rulebook_version.title_en is 'Title in English';
comment on column rulebook_version.document is 'Number of the legal document';
comment on column rulebook_version.disease is 'Disease it is for';
comment on column rulebook_version.area_id is 'Area it holds in, with everything below';
comment on column rulebook_version.area_pos is 'Position of that area';
comment on column rulebook_version.valid_from is 'First day in force';
comment on column rulebook_version.valid_to is 'Last day in force; null while open';
comment on column rulebook_version.sha256 is 'SHA-256 of the file';
comment on column rulebook_version.dmn is 'The file itself';
comment on column rulebook_version.loaded_at is 'Instant this version became known';
comment on column rulebook_version.loaded_by is 'Actor, or “shipped” for files of the product';
-- The law is public: everyone reads every rulebook.
grant select, insert on rulebook_version to luytre_app;
