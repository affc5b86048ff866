-- One name in a document that the user's `aliases.csv` drops: its mentions have no entity.
create table if not exists dropped_names (
    doc_id text not null,
    surface text not null,
    label text not null,
    primary key (doc_id, surface, label),
    check (label in ('PER', 'LOC', 'ORG', 'MISC'))
);

comment on table dropped_names is 'One name in a document that the user''s `aliases.csv` drops: its mentions have no entity.';
comment on column dropped_names.doc_id is 'The document.';
comment on column dropped_names.surface is 'The name as it stands in documents.text.';
comment on column dropped_names.label is 'PER, LOC, ORG or MISC after the vote over the corpus.';
