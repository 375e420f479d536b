-- Whether a scope is one stretch is asked once a statement, no longer at every row. Without the sub-select the planner also took it for
-- an unlikely chance and expected a hundredth of the rows: a million cases were sorted that lay in an index in their order. The bounds
-- stay as they are: from a sub-select it could not tell a commune from a province.
do $$
declare
  one record;
begin
  for one in
    select c.oid::regclass as relation, p.polname as name, pg_get_expr(p.polqual, p.polrelid) as visible, pg_get_expr(p.polwithcheck, p.polrelid) as written
    from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace = 'public'::regnamespace
  loop
    if one.visible like '%app.ranges%' then
      execute format('alter policy %I on %s using (%s)', one.name, one.relation,
        replace(one.visible, $q$(current_setting('app.ranges'::text) = '{}'::text)$q$, $q$(select current_setting('app.ranges') = '{}')$q$));
    end if;
    if one.written like '%app.ranges%' then
      execute format('alter policy %I on %s with check (%s)', one.name, one.relation,
        replace(one.written, $q$(current_setting('app.ranges'::text) = '{}'::text)$q$, $q$(select current_setting('app.ranges') = '{}')$q$));
    end if;
  end loop;
end $$;
