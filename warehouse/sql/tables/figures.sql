-- One number in a document that states an amount or a count.
create table if not exists figures (
    doc_id text not null,
    figure_no integer not null,
    surface text not null,
    start_char integer not null,
    end_char integer not null,
    raw_start integer not null,
    raw_end integer not null,
    sentence_no integer not null,
    value double not null,
    low double,
    high double,
    unit text,
    kind text not null,
    currency text,
    qualifier text,
    counted text,
    subject text,
    subject_mention_no integer,
    subject_entity_id text,
    question text,
    aspect text,
    thing text,
    thing_kind text,
    thing_mention_no integer,
    thing_start integer,
    thing_date_no integer,
    thing_place_no integer,
    state text,
    primary key (doc_id, figure_no),
    check (kind in ('count', 'money', 'percent', 'measure', 'rank')),
    check (qualifier in ('about', 'more_than', 'less_than', 'at_least', 'at_most', 'between')),
    check (low is null or high is null or low <= high)
);

comment on table figures is 'One number in a document that states an amount or a count.';
comment on column figures.doc_id is 'The document: 32 hex digits of the SHA-256 of the record''s bytes after decompression.';
comment on column figures.figure_no is 'Number of the figure within the document, from 1.';
comment on column figures.surface is 'The figure as printed in documents.text.';
comment on column figures.start_char is 'Start of the surface in documents.text, in code points.';
comment on column figures.end_char is 'End of the surface in documents.text, in code points, exclusive.';
comment on column figures.raw_start is 'Start of the surface in the page''s raw text, in code points.';
comment on column figures.raw_end is 'End of the surface in the page''s raw text, in code points, exclusive.';
comment on column figures.sentence_no is 'The sentence it starts in; sentences.sentence_no.';
comment on column figures.value is 'The number in full: 2.4 million is 2400000; a percentage as printed: 12.';
comment on column figures.low is 'Lower bound of the value; null when exact.';
comment on column figures.high is 'Upper bound of the value; null when exact.';
comment on column figures.unit is 'Unit as a symbol, such as % or km².';
comment on column figures.kind is 'count, money, percent, measure or rank.';
comment on column figures.currency is 'ISO 4217 code of an amount of money.';
comment on column figures.qualifier is 'about, more_than, less_than, at_least, at_most or between.';
comment on column figures.counted is 'The noun counted, as printed.';
comment on column figures.subject is 'The name it is about, as printed; null when that is not certain.';
comment on column figures.subject_mention_no is 'The mention subject was taken from; mentions.mention_no. Null when it is not known.';
comment on column figures.subject_entity_id is 'The entity the figure is about; entities.entity_id.';
comment on column figures.question is 'The question it answers, such as count_members, count_dead or amount_cost; null when the text does not show it.';
comment on column figures.aspect is 'The noun counted in lower case without the ending of its plural, where it narrows the question; null for people in general.';
comment on column figures.thing is 'That of which the question is asked, as printed: an organisation, an event, a project; null when that is not certain.';
comment on column figures.thing_kind is 'The kind of that thing, such as group, fire or meeting; null for a name that does not show it.';
comment on column figures.thing_mention_no is 'The mention thing was taken from; mentions.mention_no. Null when it is no name.';
comment on column figures.thing_start is 'Where the thing is named in documents.text, in code points: by its name or by a noun.';
comment on column figures.thing_date_no is 'The day given beside the thing; dates.date_no. Null when there is none.';
comment on column figures.thing_place_no is 'The place given beside the thing; mentions.mention_no. Null when there is none.';
comment on column figures.state is 'expected, former, part (some of those another figure counts) or revised (corrects an earlier figure); null as it is now.';
