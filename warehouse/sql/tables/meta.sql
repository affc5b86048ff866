-- The warehouse itself; one row.
create table if not exists meta (
    schema_version integer not null,
    revue_version text not null,
    created_at timestamptz not null,
    primary key (schema_version)
);

comment on table meta is 'The warehouse itself; one row.';
comment on column meta.schema_version is 'Version of these tables.';
comment on column meta.revue_version is 'Version of revue that wrote it last.';
comment on column meta.created_at is 'When it was made.';
