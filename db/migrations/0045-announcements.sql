-- Announcing levels: proposed by one person, confirmed by another, published under a document. Nothing of it is ever changed: steps are added.
create table level_announcement (
  id uuid primary key,
  area_id integer not null references area (id),
  area_pos integer not null,
  disease text not null,
  assessed_on date not null,
  effective_at timestamptz not null,
  note text not null,
  known_at timestamptz not null,
  proposed_by text not null,
  proposed_by_name text not null,
  command_id uuid not null
);
comment on table level_announcement is 'A proposal to announce epidemic levels of some areas; what became of it stands in level_announcement_step';
comment on column level_announcement.id is 'UUIDv7: the command that proposed it';
comment on column level_announcement.area_id is 'Area whose committee announces; every item lies in it';
comment on column level_announcement.area_pos is 'Position of that area (row-level security)';
comment on column level_announcement.disease is 'Disease';
comment on column level_announcement.assessed_on is 'Day the levels were assessed for';
comment on column level_announcement.effective_at is 'Instant from which they shall hold';
comment on column level_announcement.note is 'What the proposer says';
comment on column level_announcement.known_at is 'Instant of the proposal: the evidence is as it was known then';
comment on column level_announcement.proposed_by is 'Actor';
comment on column level_announcement.proposed_by_name is 'Name of the actor then';
comment on column level_announcement.command_id is 'Command that proposed it';

create table level_announcement_item (
  announcement_id uuid not null references level_announcement (id),
  area_id integer not null references area (id),
  area_pos integer not null,
  level smallint not null check (level between 1 and 4),
  level_before smallint check (level_before between 1 and 4),
  computed_level smallint check (computed_level between 1 and 4),
  reason text not null,
  clause text not null,
  assessment jsonb not null,
  primary key (announcement_id, area_id)
);
comment on table level_announcement_item is 'A level proposed for an area, with the assessment it rests on as it stood then';
comment on column level_announcement_item.announcement_id is 'Announcement';
comment on column level_announcement_item.area_id is 'Area the level shall hold in';
comment on column level_announcement_item.area_pos is 'Position of that area (row-level security)';
comment on column level_announcement_item.level is 'Level proposed';
comment on column level_announcement_item.level_before is 'Level published for the area until then; null when none was';
comment on column level_announcement_item.computed_level is 'Level the rulebook gives; null when the evidence leaves several open';
comment on column level_announcement_item.reason is 'Why it is another than the computed one; empty when it is the same';
comment on column level_announcement_item.clause is 'Clause that allows it; empty when it is the same';
comment on column level_announcement_item.assessment is 'The assessment with inputs, sources and clauses, as the screens show it';
create index level_announcement_item_area on level_announcement_item (area_id, announcement_id);

create table level_announcement_step (
  announcement_id uuid not null references level_announcement (id),
  area_pos integer not null,
  step text not null check (step in ('confirmed', 'returned', 'withdrawn', 'published')),
  recorded_at timestamptz not null,
  recorded_by text not null,
  recorded_by_name text not null,
  note text not null,
  document text,
  issued_at timestamptz,
  command_id uuid not null,
  primary key (announcement_id, step),
  check ((step = 'published') = (document is not null)),
  check ((step = 'published') = (issued_at is not null))
);
comment on table level_announcement_step is 'What became of a proposal; each step is taken once';
comment on column level_announcement_step.announcement_id is 'Announcement';
comment on column level_announcement_step.area_pos is 'Position of the announcing area (row-level security)';
comment on column level_announcement_step.step is 'confirmed by a second person; returned to be made anew; withdrawn before publication; published';
comment on column level_announcement_step.recorded_at is 'Instant';
comment on column level_announcement_step.recorded_by is 'Actor';
comment on column level_announcement_step.recorded_by_name is 'Name of the actor then';
comment on column level_announcement_step.note is 'Reason or remark';
comment on column level_announcement_step.document is 'Number of the decision or notice that publishes';
comment on column level_announcement_step.issued_at is 'Instant the public was told: the notice before a level is raised runs from here';
comment on column level_announcement_step.command_id is 'Command';

alter table level_announcement enable row level security;
alter table level_announcement_item enable row level security;
alter table level_announcement_step enable row level security;
create policy area on level_announcement_item using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
-- A commune reads the announcement that concerns it, though the province made it; nobody writes for an area that is not theirs.
create policy reading on level_announcement for select using (
  exists (select from level_announcement_item i where i.announcement_id = id)
);
create policy writing on level_announcement for insert with check (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
create policy reading on level_announcement_step for select using (
  exists (select from level_announcement_item i where i.announcement_id = level_announcement_step.announcement_id)
);
create policy writing on level_announcement_step for insert with check (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert on level_announcement, level_announcement_item, level_announcement_step to luytre_app;
