-- One temporal expression in a document, with the interval it denotes.
create table if not exists dates (
    doc_id text not null,
    date_no integer not null,
    surface text not null,
    start_char integer not null,
    end_char integer not null,
    raw_start integer not null,
    raw_end integer not null,
    sentence_no integer not null,
    timex text not null,
    starts_on date,
    last_on date,
    starts_at timestamptz,
    granularity text not null,
    is_resolved boolean not null,
    is_relative boolean not null,
    anchor text,
    anchor_on date,
    question text,
    thing text,
    thing_kind text,
    thing_mention_no integer,
    state text,
    primary key (doc_id, date_no),
    check (anchor in ('publication', 'article')),
    check (starts_on is null or last_on is null or starts_on <= last_on)
);

comment on table dates is 'One temporal expression in a document, with the interval it denotes.';
comment on column dates.doc_id is 'The document: 32 hex digits of the SHA-256 of the record''s bytes after decompression.';
comment on column dates.date_no is 'Number of the expression within the document, from 1.';
comment on column dates.surface is 'The expression as printed in documents.text.';
comment on column dates.start_char is 'Start of the surface in documents.text, in code points.';
comment on column dates.end_char is 'End of the surface in documents.text, in code points, exclusive.';
comment on column dates.raw_start is 'Start of the surface in the page''s raw text, in code points.';
comment on column dates.raw_end is 'End of the surface in the page''s raw text, in code points, exclusive.';
comment on column dates.sentence_no is 'The sentence it starts in; sentences.sentence_no.';
comment on column dates.timex is 'Its value in ISO 8601 / TIMEX3: 2025-08, 2025-W34-2, XXXX-WXX-2 for a Tuesday without anchor.';
comment on column dates.starts_on is 'First day of the interval; null when unresolved or open.';
comment on column dates.last_on is 'Last day of the interval, inclusive; null when unresolved or open.';
comment on column dates.starts_at is 'Start with its time of day; null when the text gives no time.';
comment on column dates.granularity is 'Unit of the expression: minute, hour, day, week, month, quarter, season, year, decade, century and the like.';
comment on column dates.is_resolved is 'Whether the interval is known.';
comment on column dates.is_relative is 'Whether the expression is relative to an anchor, such as yesterday.';
comment on column dates.anchor is 'What it is relative to: publication or article (a date earlier in the text).';
comment on column dates.anchor_on is 'The day the expression is relative to.';
comment on column dates.question is 'The event it is the date of: created, opened or first_met; null for other dates.';
comment on column dates.thing is 'The organisation or thing that was created, opened or first met, as printed.';
comment on column dates.thing_kind is 'The kind of that thing, such as group, project or show; null for a name that does not show it.';
comment on column dates.thing_mention_no is 'The mention thing was taken from; mentions.mention_no. Null when it is no name.';
comment on column dates.state is 'expected for an event to come; null for one that took place.';
