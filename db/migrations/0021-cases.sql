-- The case registry: current rows here, every earlier image in case_history. What the list shows is copied into the row: no join.
-- person_id carries no foreign key: its check would lock and rewrite each new person's row in a bulk import; the one door keeps it.
create sequence case_number;
comment on sequence case_number is 'Last part of our case numbers';

create table case_record (
  id uuid primary key,
  version integer not null default 1,
  number text collate "C" not null,
  disease text not null,
  person_id uuid not null,
  full_name text not null,
  name_key text collate "C" not null,
  birth_on date,
  birth_year smallint,
  birth_sort smallint not null generated always as (coalesce(birth_year, 0::smallint)) stored,
  sex text check (sex in ('male', 'female', 'other')),
  national_id text collate "C" check (national_id ~ '^([0-9]{9}|[0-9]{12})$'),
  phone text,
  ethnicity text,
  occupation text,
  permanent_address text,
  current_address text,
  workplace text,
  area_id integer not null,
  area_pos integer not null,
  province_id integer not null,
  district_id integer,
  commune_id integer,
  hamlet_id integer,
  event_area_id integer,
  onset_on date,
  onset_sort date not null generated always as (coalesce(onset_on, '0001-01-01'::date)) stored,
  sample_on date,
  result_on date,
  reported_on date not null,
  admitted_on date,
  admitted_to text,
  diagnosis text not null check (diagnosis in ('suspected', 'probable', 'confirmed')),
  test_type text check (test_type in ('pcr', 'rapid_antigen', 'serology', 'culture', 'other')),
  detection_source text
    check (detection_source in ('community', 'contact_tracing', 'quarantine', 'blockade', 'screening', 'health_facility', 'border', 'other')),
  severity text check (severity in ('asymptomatic', 'mild', 'moderate', 'severe', 'critical')),
  outcome text check (outcome in ('recovered', 'died', 'other')),
  outcome_on date,
  vaccine_dose_count smallint check (vaccine_dose_count between 0 and 10),
  infector_number text collate "C",
  infector_id uuid,
  exposure_note text,
  reporter text,
  reporter_unit text,
  national_number text collate "C",
  sender text collate "C",
  sender_number text collate "C",
  reinfection boolean not null default false,
  possible_duplicate boolean not null default false,
  transferred_on date,
  import_id uuid,
  recorded_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by text not null,
  command_id uuid not null,
  check (onset_on <= reported_on),
  check (outcome <> 'died' or outcome_on is not null)
) with (fillfactor = 80);
comment on table case_record is 'A case of a notifiable disease as it is known now; a second infection of a person is a second row';
comment on column case_record.id is 'Key; a case reported singly has the id of the command that reported it';
comment on column case_record.version is '1, 2, 3 …: raised by every correction and transfer';
comment on column case_record.number is 'Our case number, e.g. KG-2021-000123; for people, never a key';
comment on column case_record.disease is 'Disease profile, e.g. covid-19';
comment on column case_record.person_id is 'Person';
comment on column case_record.full_name is 'Full name as written';
comment on column case_record.name_key is 'Search key of the name: lower case, no tones, đ as d (computed in TypeScript)';
comment on column case_record.birth_on is 'Day of birth, if known';
comment on column case_record.birth_year is 'Year of birth, or the reporting year less the age';
comment on column case_record.birth_sort is 'Year of birth for sorting and matching; 0 when unknown';
comment on column case_record.sex is 'male, female or other';
comment on column case_record.national_id is 'Personal number of 12 digits, or the 9 digits of an old identity card';
comment on column case_record.phone is 'Telephone';
comment on column case_record.ethnicity is 'Ethnic group (dân tộc)';
comment on column case_record.occupation is 'Occupation';
comment on column case_record.permanent_address is 'Permanent address as written';
comment on column case_record.current_address is 'Current address as written';
comment on column case_record.workplace is 'Workplace or school';
comment on column case_record.area_id is 'Residence, the lowest known area; the case counts there';
comment on column case_record.area_pos is 'Position of the residence in its tree (row-level security)';
comment on column case_record.province_id is 'Province of the residence';
comment on column case_record.district_id is 'District of the residence, where the tree of the day has districts';
comment on column case_record.commune_id is 'Commune of the residence, if known';
comment on column case_record.hamlet_id is 'Hamlet of the residence, if known';
comment on column case_record.event_area_id is 'Area where the infection or the finding took place, if another';
comment on column case_record.onset_on is 'Day of first symptoms; null when unknown or none';
comment on column case_record.onset_sort is 'Day of onset for sorting; 0001-01-01 when unknown';
comment on column case_record.sample_on is 'Day the sample was taken';
comment on column case_record.result_on is 'Day of the test result';
comment on column case_record.reported_on is 'Reporting day; the case counts on it';
comment on column case_record.admitted_on is 'Day of admission';
comment on column case_record.admitted_to is 'Where the person was admitted';
comment on column case_record.diagnosis is 'Case class: suspected, probable or confirmed; confirmed cases count';
comment on column case_record.test_type is 'pcr, rapid_antigen, serology, culture or other';
comment on column case_record.detection_source is 'Where the case was found; community cases are counted apart';
comment on column case_record.severity is 'asymptomatic, mild, moderate, severe or critical';
comment on column case_record.outcome is 'recovered, died or other; null while the case is active';
comment on column case_record.outcome_on is 'Day of the outcome; a death counts on it';
comment on column case_record.vaccine_dose_count is 'Doses received before the infection';
comment on column case_record.infector_number is 'Number of the infecting case as the reporter wrote it';
comment on column case_record.infector_id is 'That case, once it is in the registry; found by number, not part of a version';
comment on column case_record.exposure_note is 'Travel and contacts';
comment on column case_record.reporter is 'Who reported';
comment on column case_record.reporter_unit is 'Unit that reported';
comment on column case_record.national_number is 'The ministry''s number of the case (mã bệnh nhân)';
comment on column case_record.sender is 'Whom the report came from; its own numbers are unique under it';
comment on column case_record.sender_number is 'The sender''s own number of the case';
comment on column case_record.reinfection is 'Reported knowingly as another infection of the same person';
comment on column case_record.possible_duplicate is 'Whether it is the later case of an open pair in case_duplicate; not part of a version';
comment on column case_record.transferred_on is 'Day of the last transfer';
comment on column case_record.import_id is 'Import that brought it in; null when reported singly';
comment on column case_record.recorded_at is 'Instant first recorded';
comment on column case_record.changed_at is 'Instant this version was recorded';
comment on column case_record.changed_by is 'Username of who recorded this version';
comment on column case_record.command_id is 'Command that recorded this version (audit_entry)';

create unique index case_record_number on case_record (number);
create unique index case_record_sender_number on case_record (sender_number, sender) where sender_number is not null;
create index case_record_sender on case_record (sender) where sender is not null;
create index case_record_national_number on case_record (national_number, reported_on) where national_number is not null;
create index case_record_person on case_record (person_id);
create index case_record_import on case_record (import_id) where import_id is not null;
create index case_record_infector on case_record (infector_id) where infector_id is not null;
create index case_record_infector_awaited on case_record (infector_number) where infector_id is null and infector_number is not null;
-- For the list (docs: architecture §7, measured): one index led by each sort key with the position at its end, one led by the position.
create index case_record_reported on case_record (reported_on desc, id desc, area_pos);
create index case_record_area on case_record (area_pos, reported_on desc, id desc);
create index case_record_onset on case_record (onset_sort desc, id desc, area_pos);
create index case_record_recorded on case_record (recorded_at desc, id desc, area_pos);
-- It also finds cases of the same name and year of birth.
create index case_record_name on case_record (name_key, birth_sort, id, area_pos);
create index case_record_name_part on case_record using gin (name_key gin_trgm_ops);
-- What few rows have and many people ask for.
create index case_record_died on case_record (reported_on desc, id desc, area_pos) where outcome = 'died';
create index case_record_unconfirmed on case_record (reported_on desc, id desc, area_pos) where diagnosis <> 'confirmed';
create index case_record_possible_duplicate on case_record (reported_on desc, id desc, area_pos) where possible_duplicate;

alter table case_record enable row level security;
create policy area on case_record using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
-- A row is deleted only into case_history, by the undo of its import.
grant select, insert, update, delete on case_record to luytre_app;

create table case_history (
  case_id uuid not null,
  version integer not null,
  area_pos integer not null,
  image jsonb not null,
  changed_at timestamptz not null,
  superseded_at timestamptz not null,
  superseded_by text not null,
  action text not null check (action in ('corrected', 'transferred', 'withdrawn')),
  reason text,
  import_id uuid,
  command_id uuid not null,
  primary key (case_id, version)
);
comment on table case_history is 'Earlier images of cases: what was known then, and who replaced it, when and why';
comment on column case_history.case_id is 'Case';
comment on column case_history.version is 'Version of the image';
comment on column case_history.area_pos is 'Position of the residence in that image (row-level security)';
comment on column case_history.image is 'The row of case_record as it was, empty columns left out';
comment on column case_history.changed_at is 'Instant the image was recorded';
comment on column case_history.superseded_at is 'Instant it was replaced';
comment on column case_history.superseded_by is 'Username of who replaced it';
comment on column case_history.action is 'What replaced it: corrected, transferred, or withdrawn by the undo of its import';
comment on column case_history.reason is 'Why';
comment on column case_history.import_id is 'Import that brought the case in';
comment on column case_history.command_id is 'Command that replaced it (audit_entry)';
-- What an import brought in and somebody changed since: its undo is refused.
create index case_history_built_upon on case_history (import_id) where import_id is not null and action <> 'withdrawn';
alter table case_history enable row level security;
-- Who had the case sees what it was then; who has it now sees all that it was.
create policy area on case_history using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
  or exists (select from case_record c where c.id = case_id)
);
grant select, insert on case_history to luytre_app;

create table case_duplicate (
  id uuid primary key,
  case_id uuid not null,
  other_id uuid not null,
  area_pos integer not null,
  found_at timestamptz not null,
  cleared_at timestamptz,
  cleared_by text,
  reason text
);
comment on table case_duplicate is 'Pairs of cases of the same name, year of birth and commune: the queue a person looks through';
comment on column case_duplicate.id is 'Key';
comment on column case_duplicate.case_id is 'The later case, which carries possible_duplicate while the pair is open';
comment on column case_duplicate.other_id is 'The earlier case';
comment on column case_duplicate.area_pos is 'Position of the commune''s case when found (row-level security)';
comment on column case_duplicate.found_at is 'Instant found';
comment on column case_duplicate.cleared_at is 'Instant somebody said that it is no duplicate, or that one of the two was withdrawn; null while open';
comment on column case_duplicate.cleared_by is 'Username of who said so';
comment on column case_duplicate.reason is 'Why';
create index case_duplicate_open on case_duplicate (found_at desc, id desc) where cleared_at is null;
create index case_duplicate_case on case_duplicate (case_id);
create index case_duplicate_other on case_duplicate (other_id);
alter table case_duplicate enable row level security;
create policy area on case_duplicate using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert, update on case_duplicate to luytre_app;

-- What the registry already has of a case about to be written. A duplicate may lie where the reporter may not look, so the question
-- goes past row security; it tells keys, numbers and days, no person. Names are written in full: a search path to set and reset at each
-- call would cost more than the question. A sender is compared with `is not distinct from`, which no index serves: while the table is
-- empty, and plans made then are kept, the index of all cases of a sender looks as good as the one of their numbers.
-- Two reports of one case at the same moment must not both find the registry empty: each locks what it brings until the end of its
-- transaction, always in this order, and shares the registry, which a bulk write takes for itself.
-- A report (p_except is null) brings no person: `known` is the one its national number belongs to, and `drawn` its number in the
-- registry, unless it is refused. `awaited` is a case that names this one's number as its infector.
create function case_clash(
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
      where r.sender_number = p_sender_number and r.sender is not distinct from p_sender and r.id is distinct from p_except;
    refused := found;
  end if;
  if p_national_number is not null then
    locked := pg_advisory_xact_lock(2023, hashtext(p_national_number))::text;
    return query select 'national_number', r.id, r.number, r.reported_on from public.case_record r
      where r.national_number = p_national_number and r.reported_on between p_reported_on - p_within_days and p_reported_on + p_within_days
        and r.id is distinct from p_except;
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
revoke execute on function case_clash from public;
grant execute on function case_clash to luytre_app;
comment on function case_clash is 'What the registry already has of one case about to be written: by the sender''s number, the ministry''s, the person, the likeness, and the infector''s number';

-- The same for the cases of a bulk write at once. The settings keep it on the indexes whatever the statistics say while a first import
-- fills an empty table.
create function case_clash_many(
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
  select c.n, 'national_number', r.id, r.number, r.reported_on
  from candidate c join case_record r on r.national_number = c.national_number
    and r.reported_on between c.reported_on - within_days and c.reported_on + within_days
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
revoke execute on function case_clash_many from public;
grant execute on function case_clash_many to luytre_app;
comment on function case_clash_many is 'What the registry already has of many cases about to be written, by their ordinal';

-- A case that was named as infector before it was known. Again on the indexes whatever the statistics say.
create function case_join_infected(ids uuid[], senders text[], sender_numbers text[], national_numbers text[]) returns void
  language plpgsql volatile
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
  update case_record r set infector_id = n.id
  from unnest(ids, senders, sender_numbers) as n (id, sender, sender_number)
  where r.infector_id is null and r.infector_number is not null and r.infector_number = n.sender_number and r.sender is not distinct from n.sender and r.id <> n.id;
  update case_record r set infector_id = n.id
  from unnest(ids, national_numbers) as n (id, national_number)
  where r.infector_id is null and r.infector_number is not null and r.infector_number = n.national_number and r.id <> n.id;
end $$;
revoke execute on function case_join_infected from public;
grant execute on function case_join_infected to luytre_app;
comment on function case_join_infected is 'Joins cases whose infector was not known to those now recorded, by the number they name';

-- What stands on the cases of an import, wherever it is: asked past row security before they are withdrawn.
create function case_import_needed(import uuid) returns table (kind text, number text, infector text, person_id uuid)
  language sql stable security definer set search_path = public, pg_temp
as $$
  select 'infected', r.number, c.number, null::uuid from case_record c join case_record r on r.infector_id = c.id
  where c.import_id = import and r.import_id is distinct from import
  union all
  select distinct 'person', null, null, r.person_id from case_record c join case_record r on r.person_id = c.person_id
  where c.import_id = import and r.import_id is distinct from import
$$;
revoke execute on function case_import_needed from public;
grant execute on function case_import_needed to luytre_app;
comment on function case_import_needed is 'Cases elsewhere that name a case of the import as infector, and persons of it who have other cases';
