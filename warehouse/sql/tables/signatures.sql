-- The MinHash signature of a document's text, from which near-duplicates are found without reading it again.
create table if not exists signatures (
    doc_id text not null,
    signature ubigint[] not null,
    primary key (doc_id)
);

comment on table signatures is 'The MinHash signature of a document''s text, from which near-duplicates are found without reading it again.';
comment on column signatures.doc_id is 'The document: 32 hex digits of the SHA-256 of the record''s bytes after decompression.';
comment on column signatures.signature is 'Minimum of each hash function over the text''s word shingles.';
