-- One record that is not in documents, and why: its present state.
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

comment on table rejections is 'One record that is not in documents, and why: its present state.';
comment on column rejections.uri is 'Where it was read.';
comment on column rejections.record_no is 'Its number in its input, from 1; 0 for an input that yields no record.';
comment on column rejections.doc_id is 'The record''s id; empty when it had no bytes to make one from.';
comment on column rejections.source_id is 'Its publisher, when known.';
comment on column rejections.outcome is 'rejected, or quarantined by a check.';
comment on column rejections.stage is 'The step that turned it away: read, strip, extract or screen.';
comment on column rejections.reason is 'One word: too_short, not_an_article, binary, or the name of a check.';
comment on column rejections.detail is 'A sentence an analyst understands.';
comment on column rejections.attempts is 'How many runs have tried it.';
comment on column rejections.recipe is 'Recipes it was last tried under.';
comment on column rejections.run_id is 'The last run that tried it.';
comment on column rejections.first_rejected_at is 'When it was first turned away.';
comment on column rejections.rejected_at is 'When it was last turned away.';
