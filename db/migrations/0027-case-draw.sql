-- A report nearly always brings a case and a person that nobody knows. Then its number is drawn here and what it writes follows in the same
-- packet, instead of waiting for the answers of `case_clash`; where anything is known of it the transaction fails (LT001), and the report asks.
-- What is looked for is what `case_clash` looks for, of a report without the ministry's number and without an infector. No number is locked:
-- two reports of one case at the same moment meet at the unique indexes of the sender's number and of the person, and the later one asks.
-- The text drawn is left in a setting, for the statements of its transaction.
create function case_draw_new(
  p_disease text, p_sender text, p_sender_number text, p_name_key text, p_birth_year smallint, p_commune_id integer, p_national_id text, p_prefix text
) returns text language plpgsql volatile security definer as $$
declare
  locked text;
  n text;
begin
  locked := pg_advisory_xact_lock_shared(2021, 1)::text;
  if exists (select from public.case_record r where r.sender_number = p_sender_number and r.sender is not distinct from p_sender)
    or exists (select from public.case_merge m where m.sender_number = p_sender_number and m.sender is not distinct from p_sender)
    or exists (select from public.person p where p.national_id = p_national_id)
    or exists (select from public.case_record r where r.name_key = p_name_key and r.birth_sort = p_birth_year and r.commune_id = p_commune_id
      and r.disease = p_disease and (r.national_id is null or p_national_id is null))
    or exists (select from public.case_record r where r.infector_id is null and r.infector_number is not null and r.infector_number = p_sender_number)
  then
    raise sqlstate 'LT001' using message = 'something is known of this case';
  end if;
  n := nextval('public.case_number')::text;
  return set_config('app.drawn', p_prefix || lpad(n, greatest(6, length(n)), '0'), true);
end $$;
revoke execute on function case_draw_new from public;
grant execute on function case_draw_new to luytre_app;
comment on function case_draw_new is 'Draws the number of a case about to be written of which the registry knows nothing; fails (LT001) where it knows anything';
