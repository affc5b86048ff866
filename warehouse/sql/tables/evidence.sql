-- One candidate for a description of a page, chosen or not.
create table if not exists evidence (
    doc_id text not null,
    evidence_no integer not null,
    field text not null,
    value text not null,
    method text not null,
    confidence double not null,
    line_no integer,
    raw_start integer,
    raw_end integer,
    is_chosen boolean not null,
    primary key (doc_id, evidence_no),
    check (field in ('title', 'subtitle', 'author', 'published', 'updated', 'source', 'url', 'language', 'agency')),
    check (confidence between 0 and 1)
);

comment on table evidence is 'One candidate for a description of a page, chosen or not.';
comment on column evidence.doc_id is 'The document: 32 hex digits of the SHA-256 of the record''s bytes after decompression.';
comment on column evidence.evidence_no is 'Number of the candidate within the document, from 1.';
comment on column evidence.field is 'The field it is a candidate for: title, subtitle, author, published, updated, source, url, language, agency.';
comment on column evidence.value is 'The candidate, normalised: dates in ISO 8601.';
comment on column evidence.method is 'How it was found, such as json_ld, dateline or url; copy: on the page of a near copy (agency only).';
comment on column evidence.confidence is 'Confidence of the candidate, from 0 to 1.';
comment on column evidence.line_no is 'The line of the raw text it was seen on; null when it is not in the visible text.';
comment on column evidence.raw_start is 'Start in the raw text, in code points.';
comment on column evidence.raw_end is 'End in the raw text, in code points, exclusive.';
comment on column evidence.is_chosen is 'Whether the description uses it.';
