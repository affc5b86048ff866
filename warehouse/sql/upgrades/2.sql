-- Names the user took out of the entities are listed: their mentions name no entity, on purpose.
create table dropped_names (
    doc_id text not null,
    surface text not null,
    label text not null,
    primary key (doc_id, surface, label),
    check (label in ('PER', 'LOC', 'ORG', 'MISC'))
);

-- What a figure is about, as printed; its entity is looked up from it.
alter table figures add column subject text;
