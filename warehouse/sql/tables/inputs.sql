-- One input file as it was read, under one recipe.
create table if not exists inputs (
    input_uri text not null,
    content_hash text not null,
    recipe text not null,
    count_records integer not null,
    run_id text not null,
    read_at timestamptz not null,
    primary key (input_uri, content_hash)
);

comment on table inputs is 'One input file as it was read, under one recipe.';
comment on column inputs.input_uri is 'The input: relative to the folder given, or - for standard input.';
comment on column inputs.content_hash is 'SHA-256 of its bytes, in hex.';
comment on column inputs.recipe is 'Recipes of strip and extract it was processed under.';
comment on column inputs.count_records is 'Records met in it, an input that yields none counting as one.';
comment on column inputs.run_id is 'The run that read it.';
comment on column inputs.read_at is 'When it was read.';
