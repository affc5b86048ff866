-- One current article.
create table if not exists documents (
    doc_id text not null,
    uri text not null,
    record_no integer not null,
    url text,
    source_id text not null,
    title text,
    subtitle text,
    authors text[] not null,
    published_on date,
    published_at timestamptz,
    published_zone text,
    published_granularity text not null,
    published_method text not null,
    published_confidence double not null,
    updated_at timestamptz,
    language text not null,
    encoding text not null,
    text text not null,
    count_words integer not null,
    count_lines_removed integer not null,
    is_truncated boolean not null,
    agency text,
    story_id text not null,
    run_id text not null,
    recipe_strip text not null,
    recipe_extract text not null,
    primary key (doc_id),
    unique (uri, record_no, doc_id),
    check (length(doc_id) = 32),
    check (record_no >= 1),
    check (published_zone in ('given', 'source', 'default')),
    check (published_granularity in ('minute', 'day', 'month', 'year', 'none')),
    check (published_method in ('record', 'metadata', 'dateline', 'url', 'inferred', 'none')),
    check ((published_method = 'none') = (published_on is null)),
    check (published_confidence between 0 and 1),
    check (count_words >= 0),
    check (count_lines_removed >= 0)
);

comment on table documents is 'One current article.';
comment on column documents.doc_id is 'The document: 32 hex digits of the SHA-256 of the record''s bytes after decompression.';
comment on column documents.uri is 'Where it was read: a path relative to the folder given, archive.zip!/member, or - for standard input.';
comment on column documents.record_no is 'Number of the record in its input, from 1.';
comment on column documents.url is 'The article''s own address, if the page or the record gives it.';
comment on column documents.source_id is 'The publisher; sources.source_id, unknown when the page names none.';
comment on column documents.title is 'Headline, as printed.';
comment on column documents.subtitle is 'Standfirst, as printed.';
comment on column documents.authors is 'Names of the people or agencies that signed it, in the order printed; empty when nobody did.';
comment on column documents.published_on is 'Day of publication as the page prints it; null when the page gives none.';
comment on column documents.published_at is 'Time of publication; null when the page gives only a day.';
comment on column documents.published_zone is 'Where the time''s zone comes from: given (printed), source (sources.time_zone), default.';
comment on column documents.published_granularity is 'How precise the publication date is: minute, day, month, year, none.';
comment on column documents.published_method is 'How the date was found: record, metadata, dateline, url, inferred, none.';
comment on column documents.published_confidence is 'Confidence of the date, from 0 to 1.';
comment on column documents.updated_at is 'Time of the last update the page gives.';
comment on column documents.language is 'ISO 639-1 code of the text''s language, und when undetermined.';
comment on column documents.encoding is 'Character encoding the record was decoded from.';
comment on column documents.text is 'The article: the contents of the kept lines, in order.';
comment on column documents.count_words is 'Words in text.';
comment on column documents.count_lines_removed is 'Lines of the raw text that are not in text and not blank.';
comment on column documents.is_truncated is 'Whether the page is cut by a paywall.';
comment on column documents.agency is 'News agency credited, such as AFP: on the page, or on a near copy of it (evidence.method is then copy).';
comment on column documents.story_id is 'Smallest doc_id of the cluster of near-duplicates it belongs to; its own doc_id when alone.';
comment on column documents.run_id is 'The run that published this row.';
comment on column documents.recipe_strip is 'Version, data and settings of the strip step that made it.';
comment on column documents.recipe_extract is 'Version, data, model and settings of the extract step that made its facts.';
