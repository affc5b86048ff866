-- One document that was taken out for good: a record of it counts as unchanged in every later run.
create table if not exists forgotten (
    doc_id text not null,
    uri text not null,
    because text not null,
    forgotten_by text not null,
    forgotten_at timestamptz not null,
    primary key (doc_id),
    check (length(doc_id) = 32)
);

comment on table forgotten is 'One document that was taken out for good: a record of it counts as unchanged in every later run.';
comment on column forgotten.doc_id is 'The document: 32 hex digits of the SHA-256 of the record''s bytes after decompression.';
comment on column forgotten.uri is 'Where it was read; as documents.uri.';
comment on column forgotten.because is 'The reason given.';
comment on column forgotten.forgotten_by is 'Who took it out.';
comment on column forgotten.forgotten_at is 'When it was taken out.';
