-- One person, place or organisation, across all documents.
create table if not exists entities (
    entity_id text not null,
    name text not null,
    label text not null,
    aliases text[] not null,
    count_mentions integer not null,
    count_documents integer not null,
    primary key (entity_id),
    check (label in ('PER', 'LOC', 'ORG', 'MISC')),
    check (count_mentions >= 0 and count_documents >= 0)
);

comment on table entities is 'One person, place or organisation, across all documents.';
comment on column entities.entity_id is 'A hash of label and name, so that the same texts give the same id.';
comment on column entities.name is 'Its usual name: the fullest one that is used often.';
comment on column entities.label is 'PER, LOC, ORG or MISC.';
comment on column entities.aliases is 'Its other names, most used first.';
comment on column entities.count_mentions is 'Mentions in documents, demonyms left out.';
comment on column entities.count_documents is 'Documents that mention it, demonyms left out.';
