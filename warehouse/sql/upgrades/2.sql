-- The names that the user's aliases.csv drops are listed: their mentions have no entity.
create table dropped_names (
    doc_id text not null,
    surface text not null,
    label text not null,
    primary key (doc_id, surface, label),
    check (label in ('PER', 'LOC', 'ORG', 'MISC'))
);

-- The name a figure is about, as printed, by which its entity is found.
alter table figures add column subject text;
