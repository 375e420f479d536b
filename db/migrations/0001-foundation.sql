-- What every later migration stands on. It runs as the owner; the product connects as luytre_app, which row-level
-- security binds. Each migration grants its own tables by name: nothing is readable or writable by default.
create table luytre_migration (
  name text primary key,
  sha256 text not null,
  applied_at timestamptz not null default current_timestamp
);
comment on table luytre_migration is 'Migrations applied to this database, in order of name';
comment on column luytre_migration.name is 'File in db/migrations, without .sql';
comment on column luytre_migration.sha256 is 'SHA-256 of the file as it was applied; a released migration never changes';
comment on column luytre_migration.applied_at is 'Instant it was applied';
grant select on luytre_migration to luytre_app;

grant usage on schema public to luytre_app;
alter default privileges in schema public grant usage on sequences to luytre_app;

-- Tone-insensitive search by any part of a name: trigram indexes on name_key.
create extension if not exists pg_trgm;
