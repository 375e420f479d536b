-- Accounts belong to better-auth (schema auth, its tables and column names); what an account may do is ours.
create schema auth;
grant usage on schema auth to luytre_app;

create table auth."user" (
  id text primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null,
  image text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp,
  username text unique,
  "displayUsername" text
);
create table auth.session (
  id text primary key,
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references auth."user" (id) on delete cascade
);
create index session_of_user on auth.session ("userId");
create table auth.account (
  id text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth."user" (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null
);
create index account_user on auth.account ("userId");
create table auth.verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create index verification_identifier on auth.verification (identifier);
grant select, insert, update, delete on all tables in schema auth to luytre_app;

create table account_grant (
  user_id text not null,
  role text not null check (role in ('viewer', 'officer', 'epidemiologist', 'commander', 'administrator')),
  area_id integer not null,
  granted_by text not null,
  granted_at timestamptz not null,
  primary key (user_id, area_id, role)
);
comment on table account_grant is 'What an account may do and where: a role bound to an area and everything below it';
comment on column account_grant.user_id is 'Account of better-auth (auth.user.id)';
comment on column account_grant.role is 'viewer, officer, epidemiologist, commander or administrator';
comment on column account_grant.area_id is 'Area the role holds in, with its subtree and the units merged into it';
comment on column account_grant.granted_by is 'Actor who granted it';
comment on column account_grant.granted_at is 'Instant of the grant';
grant select, insert, delete on account_grant to luytre_app;

create table account_status (
  user_id text primary key,
  disabled_at timestamptz,
  disabled_by text
);
comment on table account_status is 'Accounts that were switched off; nothing of them is deleted';
comment on column account_status.user_id is 'Account of better-auth (auth.user.id)';
comment on column account_status.disabled_at is 'Instant it was switched off; null when switched on again';
comment on column account_status.disabled_by is 'Actor who switched it off or on';
grant select, insert, update on account_status to luytre_app;

-- One row a command: the audit trail, and for 30 days the idempotency record.
create table audit_entry (
  command_id uuid primary key,
  name text not null,
  actor text not null,
  area_pos integer not null,
  body_sha256 bytea not null,
  result jsonb,
  recorded_at timestamptz not null,
  epoch integer not null default 1,
  xid xid8 not null default pg_current_xact_id()
);
comment on table audit_entry is 'Append-only: one row for each command that changed something, written in the transaction of the change';
comment on column audit_entry.command_id is 'UUIDv7 made by the caller; the same id and body gives the same answer once';
comment on column audit_entry.name is 'Command, e.g. cases.report';
comment on column audit_entry.actor is 'Account id, or shell:<os user>';
comment on column audit_entry.area_pos is 'Position of the area the command acted on; 0 where it acted on none';
comment on column audit_entry.body_sha256 is 'SHA-256 of name, actor and body as canonical JSON: the body itself may hold personal data and is not kept here';
comment on column audit_entry.result is 'The answer given: ids and counts, never names';
comment on column audit_entry.recorded_at is 'Instant the command was recorded';
comment on column audit_entry.epoch is 'Raised by every restore: transaction numbers start anew in another cluster';
comment on column audit_entry.xid is 'Transaction that wrote it; the sealer orders rows by it';
create index audit_entry_order on audit_entry (epoch, xid, command_id);
create index audit_entry_recorded on audit_entry (recorded_at);
alter table audit_entry enable row level security;
create policy entry on audit_entry for insert with check (true);
-- An actor reads back what it did itself (idempotency); the desk of the audit reads by area.
create policy own on audit_entry for select using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int or area_pos = 0
);
grant select, insert on audit_entry to luytre_app;

create table audit_seal (
  batch bigint primary key,
  epoch integer not null,
  xid_before xid8 not null,
  entry_count integer not null,
  hash bytea not null,
  sealed_at timestamptz not null
);
comment on table audit_seal is 'Hash chain over audit_entry: each batch covers the entries below a snapshot horizon that no earlier batch covers';
comment on column audit_seal.batch is '1, 2, 3 … without gaps';
comment on column audit_seal.epoch is 'Epoch of the entries covered';
comment on column audit_seal.xid_before is 'Entries with a smaller xid are covered by this batch or an earlier one';
comment on column audit_seal.entry_count is 'Entries covered by this batch';
comment on column audit_seal.hash is 'SHA-256 of the previous hash and of every entry covered, in order of epoch, xid, command_id';
comment on column audit_seal.sealed_at is 'Instant of sealing';
