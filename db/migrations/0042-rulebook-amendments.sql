-- Amending the law: drafts, versions the province puts in force, stricter variants of lower areas, withdrawals.
alter table rulebook_version
  add column kind text not null default 'rule' check (kind in ('rule', 'variant')),
  add column based_on text,
  add column draft_id uuid,
  add column command_id uuid;
comment on column rulebook_version.kind is '“rule” takes the place of the rule before; “variant” stands beside it, and the higher level counts';
comment on column rulebook_version.based_on is 'Version it was drafted from, as id@version; null for files of the product and of others';
comment on column rulebook_version.draft_id is 'Draft it was put in force from';
comment on column rulebook_version.command_id is 'Command that put it in force; null for files of the product';

create table rulebook_withdrawal (
  rulebook_id text not null,
  version integer not null,
  last_on date not null,
  document text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  command_id uuid not null,
  primary key (rulebook_id, version, recorded_at),
  foreign key (rulebook_id, version) references rulebook_version (rulebook_id, version)
);
comment on table rulebook_withdrawal is 'Versions that were withdrawn; a later record supersedes, nothing is overwritten';
comment on column rulebook_withdrawal.rulebook_id is 'Rulebook';
comment on column rulebook_withdrawal.version is 'Version withdrawn';
comment on column rulebook_withdrawal.last_on is 'Last day it is in force; the day before its first day when it never was';
comment on column rulebook_withdrawal.document is 'Number of the document that withdraws it';
comment on column rulebook_withdrawal.recorded_at is 'Instant the withdrawal became known';
comment on column rulebook_withdrawal.recorded_by is 'Actor';
comment on column rulebook_withdrawal.command_id is 'Command that recorded it';
-- The law is public: everyone reads every rulebook and what became of it.
grant select, insert on rulebook_withdrawal to luytre_app;

create table rulebook_draft (
  id uuid primary key,
  revision integer not null,
  status text not null check (status in ('open', 'enacted', 'discarded')),
  kind text not null check (kind in ('rule', 'variant')),
  rulebook_id text not null,
  based_on text,
  area_id integer not null references area (id),
  area_pos integer not null,
  title_vi text not null,
  title_en text not null,
  dmn text not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null
);
comment on table rulebook_draft is 'Rulebooks being drafted; only what is put in force becomes a version';
comment on column rulebook_draft.id is 'UUIDv7';
comment on column rulebook_draft.revision is '1, 2, 3 … by each saving; a saving on an older one is refused';
comment on column rulebook_draft.status is '“open” while it may be changed';
comment on column rulebook_draft.kind is '“rule” or “variant”, as in rulebook_version';
comment on column rulebook_draft.rulebook_id is 'Rulebook it will be a version of';
comment on column rulebook_draft.based_on is 'Version it was drafted from, as id@version; null for a file of others';
comment on column rulebook_draft.area_id is 'Area it will hold in, with everything below';
comment on column rulebook_draft.area_pos is 'Position of that area (row-level security)';
comment on column rulebook_draft.title_vi is 'Title in Vietnamese';
comment on column rulebook_draft.title_en is 'Title in English';
comment on column rulebook_draft.dmn is 'The draft as a DMN 1.5 file';
comment on column rulebook_draft.created_at is 'Instant it was begun';
comment on column rulebook_draft.created_by is 'Actor who began it';
comment on column rulebook_draft.changed_at is 'Instant of the last saving';
comment on column rulebook_draft.changed_by is 'Actor of the last saving';
alter table rulebook_draft enable row level security;
create policy area on rulebook_draft using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
create index rulebook_draft_open on rulebook_draft (area_pos) where status = 'open';
grant select, insert, update on rulebook_draft to luytre_app;
