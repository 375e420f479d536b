-- Work that goes on behind the screens: asked for in the transaction of a command, done by whichever process claims it, taken up again when
-- that process dies. Why no library keeps this queue: docs/adr/0012-jobs.md.
create table job (
  id uuid primary key,
  kind text not null,
  key text not null,
  area_pos integer not null,
  body jsonb not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  done_count integer not null default 0,
  total_count integer,
  attempt_count smallint not null default 0,
  attempt_limit smallint not null check (attempt_limit >= 1),
  start_at timestamptz not null,
  asked_by text not null,
  asked_at timestamptz not null,
  started_at timestamptz,
  worker uuid,
  beat_at timestamptz,
  cancel_by text,
  ended_at timestamptz,
  result jsonb,
  fault jsonb
);
comment on table job is 'Work in the background, waiting, under way or ended';
comment on column job.id is 'UUIDv7';
comment on column job.kind is 'What is done, e.g. warnings.run';
comment on column job.key is 'What it is done for: of one kind and key only one is waiting or under way; begins with night: where the night asked';
comment on column job.area_pos is 'Position of the area it is done for (row-level security)';
comment on column job.body is 'What the work is given';
comment on column job.state is 'queued, running, done, failed or cancelled';
comment on column job.done_count is 'Steps done';
comment on column job.total_count is 'Steps in all; null while nobody knows';
comment on column job.attempt_count is 'How often it was begun; a stop of the product does not count';
comment on column job.attempt_limit is 'How often it is begun at most';
comment on column job.start_at is 'Not begun before this instant';
comment on column job.asked_by is 'Username of who asked, or night';
comment on column job.asked_at is 'Instant it was asked for';
comment on column job.started_at is 'Instant it was last begun';
comment on column job.worker is 'Process that works on it';
comment on column job.beat_at is 'Last sign of life of that process';
comment on column job.cancel_by is 'Username of who wants it to stop';
comment on column job.ended_at is 'Instant it was done, failed or cancelled';
comment on column job.result is 'What came of it: ids and counts, never names';
comment on column job.fault is 'Why it failed: a problem with its code';
create unique index job_unfinished on job (kind, key) where state in ('queued', 'running');
create index job_due on job (kind, start_at) where state in ('queued', 'running');
create index job_latest on job (kind, asked_at desc);
alter table job enable row level security;
create policy area on job using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
grant select, insert, update on job to luytre_app;
