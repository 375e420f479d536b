-- People: one row an identity. Their cases keep their own copy of what was known when they were reported.
create table person (
  id uuid primary key,
  full_name text not null,
  name_key text collate "C" not null,
  birth_on date,
  birth_year smallint,
  sex text check (sex in ('male', 'female', 'other')),
  national_id text collate "C" check (national_id ~ '^([0-9]{9}|[0-9]{12})$'),
  phone text,
  ethnicity text,
  occupation text,
  area_id integer not null,
  area_pos integer not null,
  import_id uuid,
  recorded_at timestamptz not null,
  changed_at timestamptz not null
) with (fillfactor = 80);
comment on table person is 'A person, one row an identity; rows without a national number may later be found to be one person';
comment on column person.id is 'Key';
comment on column person.full_name is 'Full name as written';
comment on column person.name_key is 'Search key of the name: lower case, no tones, đ as d (computed in TypeScript)';
comment on column person.birth_on is 'Day of birth, if known';
comment on column person.birth_year is 'Year of birth, if known';
comment on column person.sex is 'male, female or other';
comment on column person.national_id is 'Personal number of 12 digits, or the 9 digits of an old identity card';
comment on column person.phone is 'Telephone, ten or eleven digits from 0';
comment on column person.ethnicity is 'Ethnic group (dân tộc)';
comment on column person.occupation is 'Occupation';
comment on column person.area_id is 'Residence, the lowest known area';
comment on column person.area_pos is 'Position of the residence in its tree (row-level security)';
comment on column person.import_id is 'Import that made the row; null when it was entered singly';
comment on column person.recorded_at is 'Instant first recorded';
comment on column person.changed_at is 'Instant of the last change';
create unique index person_national_id on person (national_id) where national_id is not null;
create index person_import on person (import_id) where import_id is not null;
alter table person enable row level security;
create policy area on person using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
-- A row is deleted only by the undo of the import that made it, while nothing else refers to it.
grant select, insert, update, delete on person to luytre_app;

-- A national number is one person in the whole province, so the question goes past row security; it tells the key and nothing else.
-- (Names are written in full: a search path to set and reset at each call would cost more than the question.)
-- Two commands that bring one number at the same moment must not both find nobody: the number stays locked until the end of the transaction.
create function person_hold(number text) returns uuid language plpgsql volatile security definer as $$
declare
  locked text;
begin
  locked := pg_advisory_xact_lock(2024, hashtext(number))::text;
  return (select p.id from public.person p where p.national_id = number);
end $$;
revoke execute on function person_hold from public;
grant execute on function person_hold to luytre_app;
comment on function person_hold is 'Key of the person with this national number, wherever they live; the number stays locked until the end of the transaction';

create function person_known(numbers text[]) returns table (national_id text, person_id uuid) language plpgsql stable security definer as $$
begin
  return query select p.national_id, p.id from public.person p where p.national_id = any (numbers);
end $$;
revoke execute on function person_known from public;
grant execute on function person_known to luytre_app;
comment on function person_known is 'Keys of the persons with these national numbers, wherever they live';

-- The known person of a national number, else a new one (bound by row security).
create function person_admit(
  new_id uuid, full_name text, name_key text, birth_on date, birth_year smallint, sex text, number text, phone text, ethnicity text, occupation text,
  area_id integer, area_pos integer, at timestamptz
) returns uuid language plpgsql volatile as $$
declare
  known uuid;
begin
  if number is not null then
    known := person_hold(number);
    if known is not null then return known; end if;
  end if;
  insert into person values (new_id, full_name, name_key, birth_on, birth_year, sex, number, phone, ethnicity, occupation, area_id, area_pos, null, at, at)
    on conflict do nothing;
  if found then return new_id; end if;
  -- Another command made the person while this one waited for the key.
  return person_hold(number);
end $$;
revoke execute on function person_admit from public;
grant execute on function person_admit to luytre_app;
comment on function person_admit is 'Key of the known person of a national number, or of the row made now';
