-- Views of lists: filters, order and columns under a name. They hold no facts of an area: who may see one is asked by owner and area.
create table saved_view (
  id uuid primary key,
  list text not null,
  name text not null,
  search jsonb not null,
  columns jsonb,
  area_id integer,
  area_pos integer,
  area_pos_end integer,
  owner text not null,
  owner_name text not null,
  changed_at timestamptz not null,
  check ((area_id is null) = (area_pos is null) and (area_id is null) = (area_pos_end is null))
);
comment on table saved_view is 'A view of a list under a name: of its owner alone, or shared to everyone who works in an area';
comment on column saved_view.id is 'Key';
comment on column saved_view.list is 'List it is of, e.g. cases';
comment on column saved_view.name is 'Name its owner gave it';
comment on column saved_view.search is 'What of the address makes the view: filters and order, by name';
comment on column saved_view.columns is 'Table the columns were chosen in, and those shown; null when as the list has them';
comment on column saved_view.area_id is 'Area it is shared to; null when it is its owner''s alone';
comment on column saved_view.area_pos is 'Position of that area';
comment on column saved_view.area_pos_end is 'Last position beneath that area';
comment on column saved_view.owner is 'Actor who made it';
comment on column saved_view.owner_name is 'Username of the actor';
comment on column saved_view.changed_at is 'Instant it was last saved';
create unique index saved_view_name on saved_view (owner, list, name);
create index saved_view_shared on saved_view (list, area_pos) where area_id is not null;
grant select, insert, update, delete on saved_view to luytre_app;

create table saved_view_default (
  actor text not null,
  list text not null,
  view_id uuid not null references saved_view (id) on delete cascade,
  primary key (actor, list)
);
comment on table saved_view_default is 'The view a list opens with, for each person';
comment on column saved_view_default.actor is 'Actor';
comment on column saved_view_default.list is 'List';
comment on column saved_view_default.view_id is 'View it opens with';
create index saved_view_default_view on saved_view_default (view_id);
grant select, insert, update, delete on saved_view_default to luytre_app;
alter table saved_view enable row level security;
-- Shared views meet where the reader works; whose the others are is asked by the query.
create policy area on saved_view using (
  area_pos is null or (area_pos <= current_setting('app.hi')::int and area_pos_end >= current_setting('app.lo')::int
    and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange && int4range(area_pos, area_pos_end, '[]')))
);
