-- The MinHash signature of a document's text, by which near-duplicates are found.
create table if not exists signatures (
    doc_id text not null,
    signature ubigint[] not null,
    primary key (doc_id)
);

comment on table signatures is 'The MinHash signature of a document''s text, by which near-duplicates are found.';
comment on column signatures.doc_id is 'The document: 32 hex digits of the SHA-256 of the record''s bytes after decompression.';
comment on column signatures.signature is 'For each hash function, the minimum over the word shingles of the text.';
