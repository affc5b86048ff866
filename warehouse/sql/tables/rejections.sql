-- One record that is not in documents, with the reason; the row is removed when a later run publishes the record.
create table if not exists rejections (
    uri text not null,
    record_no integer not null,
    doc_id text not null,
    source_id text,
    outcome text not null,
    stage text not null,
    reason text not null,
    detail text not null,
    attempts integer not null,
    recipe text not null,
    run_id text not null,
    first_rejected_at timestamptz not null,
    rejected_at timestamptz not null,
    primary key (uri, record_no),
    check (outcome in ('rejected', 'quarantined')),
    check (attempts >= 1)
);

comment on table rejections is 'One record that is not in documents, with the reason; the row is removed when a later run publishes the record.';
comment on column rejections.uri is 'Where it was read; as documents.uri.';
comment on column rejections.record_no is 'Its number in its input, from 1; 0 for an input that yields no record.';
comment on column rejections.doc_id is 'The record''s id; empty when the record has no bytes to hash.';
comment on column rejections.source_id is 'Its publisher, when known.';
comment on column rejections.outcome is 'rejected, or quarantined by a check.';
comment on column rejections.stage is 'The step that rejected it: read, strip, extract or screen.';
comment on column rejections.reason is 'The reason as one word, such as too_short, not_an_article or binary; the name of the check for a quarantined record.';
comment on column rejections.detail is 'The reason in a sentence for an analyst.';
comment on column rejections.attempts is 'Number of runs that tried it.';
comment on column rejections.recipe is 'The recipes of strip and extract it was last tried with.';
comment on column rejections.run_id is 'The last run that tried it.';
comment on column rejections.first_rejected_at is 'When it was first rejected or quarantined.';
comment on column rejections.rejected_at is 'When it was last rejected or quarantined.';
