-- In how many documents of a source a line stands: what the repetition step remembers.
create table if not exists line_counts (
    source_key text not null,
    line_key bigint not null,
    count_documents integer not null,
    primary key (source_key, line_key),
    check (count_documents >= 1)
);

comment on table line_counts is 'In how many documents of a source a line stands: what the repetition step remembers.';
comment on column line_counts.source_key is 'What repetition groups by: the source as known before the page is described.';
comment on column line_counts.line_key is 'Hash of the line, normalised; 0 counts the documents themselves.';
comment on column line_counts.count_documents is 'Documents of that group the line stands in.';
