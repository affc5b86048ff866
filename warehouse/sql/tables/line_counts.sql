-- The number of documents of a source that contain a line, kept for the repetition step.
create table if not exists line_counts (
    source_key text not null,
    line_key bigint not null,
    count_documents integer not null,
    primary key (source_key, line_key),
    check (count_documents >= 1)
);

comment on table line_counts is 'The number of documents of a source that contain a line, kept for the repetition step.';
comment on column line_counts.source_key is 'The group in which lines are counted: the source as known before the page is described.';
comment on column line_counts.line_key is 'Hash of the normalised line; the row with 0 counts the documents themselves.';
comment on column line_counts.count_documents is 'Documents of that group that contain the line.';
