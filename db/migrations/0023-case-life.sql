-- What becomes of a case: its clinical course day by day, a case that turned out to be another one, and the clock of its notification.
create table case_course (
  id uuid primary key,
  case_id uuid not null,
  area_pos integer not null,
  day date not null,
  severity text not null check (severity in ('asymptomatic', 'mild', 'moderate', 'severe', 'critical')),
  place text,
  oxygen boolean,
  note text,
  recorded_at timestamptz not null,
  recorded_by text not null,
  ended_at timestamptz,
  ended_by text,
  ended_reason text,
  command_id uuid not null
);
comment on table case_course is 'Clinical course: how severe a case was on a day, where it was treated, whether on oxygen; a later entry of the same day takes the place of the earlier one';
comment on column case_course.id is 'Key';
comment on column case_course.case_id is 'Case';
comment on column case_course.area_pos is 'Position of the residence of the case (row-level security); follows a transfer';
comment on column case_course.day is 'Day it is for';
comment on column case_course.severity is 'asymptomatic, mild, moderate, severe or critical';
comment on column case_course.place is 'Where the person was treated, as written';
comment on column case_course.oxygen is 'Whether on oxygen; null when not said';
comment on column case_course.note is 'Remark';
comment on column case_course.recorded_at is 'Instant recorded';
comment on column case_course.recorded_by is 'Username of who recorded it';
comment on column case_course.ended_at is 'Instant another entry took its place or it was taken away; null while it stands';
comment on column case_course.ended_by is 'Username of who did that';
comment on column case_course.ended_reason is 'Why it was taken away';
comment on column case_course.command_id is 'Command that recorded it (audit_entry)';
create unique index case_course_day on case_course (case_id, day) where ended_at is null;
alter table case_course enable row level security;
create policy area on case_course using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert, update on case_course to luytre_app;

-- A case that was another one's duplicate leaves case_record; its last image is in case_history, its numbers lead to the case that stands.
create table case_merge (
  case_id uuid primary key,
  into_id uuid not null,
  area_pos integer not null,
  number text collate "C" not null,
  national_number text collate "C",
  sender text collate "C",
  sender_number text collate "C",
  reported_on date not null,
  into_version integer not null,
  taken text[] not null,
  infected_ids uuid[] not null,
  reason text not null,
  merged_at timestamptz not null,
  merged_by text not null,
  command_id uuid not null
);
comment on table case_merge is 'Cases that were merged into another as its duplicate, while they are; the undo takes the row away and the case stands again';
comment on column case_merge.case_id is 'Case that is no more';
comment on column case_merge.into_id is 'Case that stands';
comment on column case_merge.area_pos is 'Position of the residence of the case that is no more (row-level security)';
comment on column case_merge.number is 'Our number of it';
comment on column case_merge.national_number is 'The ministry''s number of it';
comment on column case_merge.sender is 'Whom its report came from';
comment on column case_merge.sender_number is 'The sender''s number of it; a second report under it is refused as before';
comment on column case_merge.reported_on is 'Its reporting day';
comment on column case_merge.into_version is 'Version of the case that stands, made by the merger';
comment on column case_merge.taken is 'Fields the case that stands took from it';
comment on column case_merge.infected_ids is 'Cases that named it as their infector and now name the case that stands';
comment on column case_merge.reason is 'Why';
comment on column case_merge.merged_at is 'Instant';
comment on column case_merge.merged_by is 'Username of who merged them';
comment on column case_merge.command_id is 'Command (audit_entry)';
create index case_merge_into on case_merge (into_id);
create index case_merge_number on case_merge (number);
create index case_merge_sender_number on case_merge (sender_number) where sender_number is not null;
create index case_merge_national_number on case_merge (national_number) where national_number is not null;
alter table case_merge enable row level security;
-- Whoever sees the case that stands sees which cases lead to it.
create policy area on case_merge using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
  or exists (select from case_record c where c.id = into_id)
);
grant select, insert, delete on case_merge to luytre_app;

-- Notified later than the day after the result: what the list asks for. By blocks, for the reason given at case_record_outcome_summary.
create index case_record_notified_summary on case_record using brin ((reported_on - result_on)) with (pages_per_range = 8, autosummarize = on);

-- The numbers of a case that was merged stay taken: a report under one of them is a report of the case that stands. Otherwise as before.
create or replace function case_clash(
  p_disease text, p_sender text, p_sender_number text, p_national_number text, p_person_id uuid, p_name_key text, p_birth_year smallint,
  p_commune_id integer, p_national_id text, p_infector_number text, p_reported_on date, p_reinfection boolean, p_within_days integer, p_except uuid
) returns table (kind text, case_id uuid, number text, reported_on date) language plpgsql volatile security definer rows 1 as $$
declare
  locked text;
  person uuid;
  refused boolean := false;
begin
  locked := pg_advisory_xact_lock_shared(2021, 1)::text;
  if p_sender_number is not null then
    locked := pg_advisory_xact_lock(2022, hashtext(p_sender_number))::text;
    return query select 'sender_number', r.id, r.number, r.reported_on from public.case_record r
      where r.sender_number = p_sender_number and r.sender is not distinct from p_sender and r.id is distinct from p_except
    union all
    select 'sender_number', r.id, r.number, r.reported_on from public.case_merge m join public.case_record r on r.id = m.into_id
      where m.sender_number = p_sender_number and m.sender is not distinct from p_sender and r.id is distinct from p_except
    limit 1;
    refused := found;
  end if;
  if p_national_number is not null then
    locked := pg_advisory_xact_lock(2023, hashtext(p_national_number))::text;
    return query select 'national_number', r.id, r.number, r.reported_on from public.case_record r
      where r.national_number = p_national_number and r.reported_on between p_reported_on - p_within_days and p_reported_on + p_within_days
        and r.id is distinct from p_except
    union all
    select 'national_number', r.id, r.number, r.reported_on from public.case_merge m join public.case_record r on r.id = m.into_id
      where m.national_number = p_national_number and m.reported_on between p_reported_on - p_within_days and p_reported_on + p_within_days
        and r.id is distinct from p_except
    limit 1;
    refused := refused or found;
  end if;
  if p_national_id is not null then
    person := public.person_hold(p_national_id);
    if p_except is null and person is not null then return query select 'known', person, null::text, null::date; end if;
  end if;
  person := coalesce(p_person_id, person);
  if person is not null and not p_reinfection then
    return query select 'person', r.id, r.number, r.reported_on from public.case_record r
      where r.person_id = person and r.disease = p_disease
        and r.reported_on between p_reported_on - p_within_days and p_reported_on + p_within_days and r.id is distinct from p_except;
    refused := refused or found;
  end if;
  -- Two different national numbers are two persons.
  if p_birth_year is not null and p_commune_id is not null then
    return query select 'similar', r.id, r.number, r.reported_on from public.case_record r
      where r.name_key = p_name_key and r.birth_sort = p_birth_year and r.commune_id = p_commune_id and r.disease = p_disease
        and r.id is distinct from p_except and (r.national_id is null or p_national_id is null)
      order by r.reported_on desc, r.id desc limit 1;
  end if;
  if p_infector_number is not null then
    return query select 'infector', i.id, i.number, i.reported_on from (
      select r.id, r.number, r.reported_on, 1 as rank from public.case_record r where r.number = p_infector_number
      union all
      select r.id, r.number, r.reported_on, 2 from public.case_record r where r.sender_number = p_infector_number and r.sender is not distinct from p_sender
      union all
      select r.id, r.number, r.reported_on, 3 from public.case_record r where r.national_number = p_infector_number
    ) i where i.id is distinct from p_except order by i.rank, i.reported_on desc limit 1;
  end if;
  if p_sender_number is not null or p_national_number is not null then
    return query select 'awaited', r.id, r.number, r.reported_on from public.case_record r
      where r.infector_id is null and r.infector_number is not null and r.infector_number in (p_sender_number, p_national_number) limit 1;
  end if;
  if p_except is null and not refused then return query select 'drawn', null::uuid, nextval('public.case_number')::text, null::date; end if;
end $$;

create or replace function case_clash_many(
  disease text, senders text[], sender_numbers text[], national_numbers text[], person_ids uuid[], name_keys text[], birth_years smallint[],
  commune_ids integer[], national_ids text[], infector_numbers text[], reported_days date[], within_days integer
) returns table (ordinal integer, kind text, case_id uuid, number text, reported_on date)
  language plpgsql volatile security definer rows 1
  set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
  return query
  with candidate as (
    select c.n::int as n, c.sender, c.sender_number, c.national_number, c.person_id, c.name_key, c.birth_year, c.commune_id, c.national_id,
      c.infector_number, c.reported_on
    from unnest(senders, sender_numbers, national_numbers, person_ids, name_keys, birth_years, commune_ids, national_ids, infector_numbers, reported_days)
      with ordinality
      as c (sender, sender_number, national_number, person_id, name_key, birth_year, commune_id, national_id, infector_number, reported_on, n)
  )
  select c.n, 'sender_number', r.id, r.number, r.reported_on
  from candidate c join case_record r on r.sender_number = c.sender_number and r.sender is not distinct from c.sender
  union all
  select c.n, 'sender_number', r.id, r.number, r.reported_on
  from candidate c join case_merge m on m.sender_number = c.sender_number and m.sender is not distinct from c.sender join case_record r on r.id = m.into_id
  union all
  select c.n, 'national_number', r.id, r.number, r.reported_on
  from candidate c join case_record r on r.national_number = c.national_number
    and r.reported_on between c.reported_on - within_days and c.reported_on + within_days
  union all
  select c.n, 'national_number', r.id, r.number, r.reported_on
  from candidate c join case_merge m on m.national_number = c.national_number
    and m.reported_on between c.reported_on - within_days and c.reported_on + within_days
  join case_record r on r.id = m.into_id
  union all
  select c.n, 'person', r.id, r.number, r.reported_on
  from candidate c join case_record r on r.person_id = c.person_id and r.disease = case_clash_many.disease
    and r.reported_on between c.reported_on - within_days and c.reported_on + within_days
  union all
  -- Two different national numbers are two persons.
  select c.n, 'similar', r.id, r.number, r.reported_on
  from candidate c cross join lateral (
    select s.id, s.number, s.reported_on from case_record s
    where s.name_key = c.name_key and s.birth_sort = c.birth_year and s.commune_id = c.commune_id and s.disease = case_clash_many.disease
      and (s.national_id is null or c.national_id is null)
    order by s.reported_on desc, s.id desc limit 1
  ) r
  union all
  select c.n, 'infector', r.id, r.number, r.reported_on
  from candidate c cross join lateral (
    select i.* from (
      select s.id, s.number, s.reported_on, 1 as rank from case_record s where s.number = c.infector_number
      union all
      select s.id, s.number, s.reported_on, 2 from case_record s where s.sender_number = c.infector_number and s.sender is not distinct from c.sender
      union all
      select s.id, s.number, s.reported_on, 3 from case_record s where s.national_number = c.infector_number
    ) i where c.infector_number is not null order by i.rank, i.reported_on desc limit 1
  ) r;
end $$;
