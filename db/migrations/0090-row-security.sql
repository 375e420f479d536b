-- The ranges of a scope are read once a statement, no longer at every row, where their text was read anew each time. The planner also
-- took the comparison with '{}' for an unlikely chance and expected a hundredth of the rows: a million cases were sorted that lie in an
-- index in their order. The bounds stay as they are: from a sub-select it could not tell a commune from a province.
do $$
declare
  one record;
begin
  for one in
    select c.oid::regclass as relation, p.polname as name, clause, replace(replace(expression,
      $q$(current_setting('app.ranges'::text) = '{}'::text)$q$, $q$(select current_setting('app.ranges') = '{}')$q$),
      $q$(current_setting('app.ranges'::text))::int4multirange$q$, $q$(select current_setting('app.ranges')::int4multirange)$q$) as expression
    from pg_policy p join pg_class c on c.oid = p.polrelid
    cross join lateral (values ('using', pg_get_expr(p.polqual, p.polrelid)), ('with check', pg_get_expr(p.polwithcheck, p.polrelid))) as e (clause, expression)
    where c.relnamespace = 'public'::regnamespace and expression like '%app.ranges%'
  loop
    execute format('alter policy %I on %s %s (%s)', one.name, one.relation, one.clause, one.expression);
  end loop;
end $$;
