-- Documents as they left the house: number, day, code, the content they were made from, and the files themselves.
create table document (
  id uuid primary key,
  kind text not null,
  area_id integer not null references area (id),
  area_pos integer not null,
  year smallint not null,
  number integer not null check (number > 0),
  symbol text not null,
  issued_on date not null,
  title text not null,
  signer text not null,
  synthetic boolean not null,
  code text not null unique,
  content_sha256 bytea not null,
  -- json, not jsonb: the text as it was is what the digest was taken of.
  content json not null,
  inputs json not null,
  pdf bytea not null,
  pdf_sha256 bytea not null,
  docx bytea not null,
  docx_sha256 bytea not null,
  issued_at timestamptz not null,
  issued_by text not null,
  issued_by_name text not null,
  command_id uuid not null,
  unique (area_id, kind, year, number)
);
comment on table document is 'Administrative documents that were issued: numbered by issuing area, kind and year, archived with what they were made from';
comment on column document.id is 'Key';
comment on column document.kind is 'What it is for its module, e.g. daily or levels: each kind has numbers of its own';
comment on column document.area_id is 'Area whose office issued it';
comment on column document.area_pos is 'Position of that area (row-level security)';
comment on column document.year is 'Year of the number';
comment on column document.number is 'Number in the year (Decree 30/2020, Annex I, II.3): proposed by the product, or as the clerk''s register has it';
comment on column document.symbol is 'Abbreviations of type and issuer: BC-SYT';
comment on column document.issued_on is 'Day it carries';
comment on column document.title is 'Type and subject';
comment on column document.signer is 'Name under the signature';
comment on column document.synthetic is 'Whether it is marked as made of made-up data';
comment on column document.code is 'Printed code by which a paper is found here: 80 bits of content_sha256';
comment on column document.content_sha256 is 'SHA-256 of the content without its code';
comment on column document.content is 'The document itself as data: head, blocks, tables, pictures. The files are rendered from this alone';
comment on column document.inputs is 'What the content was composed from: figures with their sources, template, remarks';
comment on column document.pdf is 'The PDF as it was issued';
comment on column document.pdf_sha256 is 'SHA-256 of the PDF';
comment on column document.docx is 'The DOCX as it was issued';
comment on column document.docx_sha256 is 'SHA-256 of the DOCX';
comment on column document.issued_at is 'Instant it was issued';
comment on column document.issued_by is 'Actor who issued it';
comment on column document.issued_by_name is 'Name of that actor then';
comment on column document.command_id is 'Command that issued it';
alter table document enable row level security;
create policy area on document using (
  area_pos between current_setting('app.lo')::int and current_setting('app.hi')::int
  and (current_setting('app.ranges') = '{}' or current_setting('app.ranges')::int4multirange @> area_pos)
);
-- What was issued stays as it was.
grant select, insert on document to luytre_app;
