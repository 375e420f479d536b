-- Patients who will need a bed, forecast with the cases they come from.
alter table forecast add column demand jsonb;
comment on column forecast.demand is 'By kind of bed: how many of the last 28 days its patients are known, patients and free beds last told, and where enough is known the patients of each of the coming 28 days; null where it was not asked (forecasts of past weeks, and those made before)';
