-- One name of an entity.
create table if not exists entity_names (
    entity_id text not null,
    name text not null,
    count_mentions integer not null,
    primary key (entity_id, name)
);

comment on table entity_names is 'One name of an entity.';
comment on column entity_names.entity_id is 'The entity; entities.entity_id.';
comment on column entity_names.name is 'The name, as printed.';
comment on column entity_names.count_mentions is 'Mentions under this name.';
