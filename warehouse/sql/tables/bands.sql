-- One band of the MinHash signature of a document's text. Documents with a band in common are candidates for near copies.
create table if not exists bands (
    doc_id text not null,
    band_no utinyint not null,
    band ubigint not null
);

comment on table bands is 'One band of the MinHash signature of a document''s text. Documents with a band in common are candidates for near copies.';
comment on column bands.doc_id is 'The document: 32 hex digits of the SHA-256 of the record''s bytes after decompression.';
comment on column bands.band_no is 'Number of the band within the signature, from 1.';
comment on column bands.band is 'Hash of the band''s number and minima, equal where the minima of two texts are.';
