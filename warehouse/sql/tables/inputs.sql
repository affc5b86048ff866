-- One input file as a run read it.
create table if not exists inputs (
    input_uri text not null,
    content_hash text not null,
    recipe text not null,
    count_records integer not null,
    run_id text not null,
    read_at timestamptz not null,
    primary key (input_uri, content_hash)
);

comment on table inputs is 'One input file as a run read it.';
comment on column inputs.input_uri is 'The input: relative to the folder given, or - for standard input.';
comment on column inputs.content_hash is 'SHA-256 of its bytes, in hex.';
comment on column inputs.recipe is 'The recipes of strip and extract it was processed with.';
comment on column inputs.count_records is 'Records read from it; an input that yields none counts as one.';
comment on column inputs.run_id is 'The run that read it.';
comment on column inputs.read_at is 'When it was read.';
