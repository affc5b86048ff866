-- The warehouse itself; one row.
create table if not exists meta (
    schema_version integer not null,
    revue_version text not null,
    created_at timestamptz not null,
    primary key (schema_version)
);

comment on table meta is 'The warehouse itself; one row.';
comment on column meta.schema_version is 'Version of the tables.';
comment on column meta.revue_version is 'Version of revue that wrote the file last.';
comment on column meta.created_at is 'When the file was first made.';
