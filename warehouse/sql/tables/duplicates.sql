-- One record that repeats a document: the same bytes again, a near-duplicate, or an older text of the same url.
create table if not exists duplicates (
    doc_id text not null,
    record_uri text not null,
    record_no integer not null,
    source_id text not null,
    kind text not null,
    duplicate_of text not null,
    similarity double not null,
    url text,
    run_id text not null,
    primary key (doc_id, record_uri, record_no, kind),
    check (kind in ('exact', 'near', 'version')),
    check (similarity between 0 and 1)
);

comment on table duplicates is 'One record that repeats a document: the same bytes again, a near-duplicate, or an older text of the same url.';
comment on column duplicates.doc_id is 'The document: 32 hex digits of the SHA-256 of the record''s bytes after decompression.';
comment on column duplicates.record_uri is 'Where the repeating record was read.';
comment on column duplicates.record_no is 'Its number in its input, from 1.';
comment on column duplicates.source_id is 'Its publisher.';
comment on column duplicates.kind is 'exact (same bytes, not published again), near (both published), version (older text of the same url).';
comment on column duplicates.duplicate_of is 'The document it repeats; documents.doc_id.';
comment on column duplicates.similarity is 'Similarity of the two texts, from 0 to 1.';
comment on column duplicates.url is 'The article''s own address, for a version.';
comment on column duplicates.run_id is 'The run that read it.';
