-- One passage in quotation marks.
create table if not exists quotes (
    doc_id text not null,
    quote_no integer not null,
    surface text not null,
    start_char integer not null,
    end_char integer not null,
    raw_start integer not null,
    raw_end integer not null,
    sentence_no integer not null,
    speaker text,
    speaker_mention_no integer,
    speaker_entity_id text,
    verb text,
    primary key (doc_id, quote_no)
);

comment on table quotes is 'One passage in quotation marks.';
comment on column quotes.doc_id is 'The document: 32 hex digits of the SHA-256 of the record''s bytes after decompression.';
comment on column quotes.quote_no is 'Number of the quote within the document, from 1.';
comment on column quotes.surface is 'The words quoted, as they stand in documents.text.';
comment on column quotes.start_char is 'Start of the surface in documents.text, in code points.';
comment on column quotes.end_char is 'End of the surface in documents.text, in code points, exclusive.';
comment on column quotes.raw_start is 'Start of the surface in the page''s raw text, in code points.';
comment on column quotes.raw_end is 'End of the surface in the page''s raw text, in code points, exclusive.';
comment on column quotes.sentence_no is 'The sentence it stands in; sentences.sentence_no.';
comment on column quotes.speaker is 'The name it is attributed to, as printed; null when nobody is named.';
comment on column quotes.speaker_mention_no is 'The mention speaker was taken from; mentions.mention_no. Null when it is not known.';
comment on column quotes.speaker_entity_id is 'Who speaks; entities.entity_id.';
comment on column quotes.verb is 'The verb of saying.';
