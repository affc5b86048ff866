-- One passage that somebody said or wrote.
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
    speaker_method text,
    speaker_confidence double,
    is_reported boolean,
    primary key (doc_id, quote_no)
);

comment on table quotes is 'One passage that somebody said or wrote: in quotation marks, in a line of dialogue, or reported without marks.';
comment on column quotes.doc_id is 'The document: 32 hex digits of the SHA-256 of the record''s bytes after decompression.';
comment on column quotes.quote_no is 'Number of the quote within the document, from 1.';
comment on column quotes.surface is 'The words quoted or the clause reported, as printed in documents.text.';
comment on column quotes.start_char is 'Start of the surface in documents.text, in code points.';
comment on column quotes.end_char is 'End of the surface in documents.text, in code points, exclusive.';
comment on column quotes.raw_start is 'Start of the surface in the page''s raw text, in code points.';
comment on column quotes.raw_end is 'End of the surface in the page''s raw text, in code points, exclusive.';
comment on column quotes.sentence_no is 'The sentence it starts in; sentences.sentence_no.';
comment on column quotes.speaker is 'The name it is attributed to, as printed, or the words for a speaker without a name; null when it is not known.';
comment on column quotes.speaker_mention_no is 'The mention speaker was taken from; mentions.mention_no. Null when it is no name.';
comment on column quotes.speaker_entity_id is 'Who speaks; entities.entity_id. Null for a speaker without a name.';
comment on column quotes.verb is 'The reporting verb or the word such as selon, as printed; null when there is none.';
comment on column quotes.speaker_method is 'How the speaker was found: name (beside the verb), pronoun, office (in place of a name), group (or anybody without a name), subject (of the sentence that introduces it), continued (the speaker before goes on), repeated (the words of another quote, as in a heading).';
comment on column quotes.speaker_confidence is 'Confidence of the speaker, from 0 to 1; null without a speaker.';
comment on column quotes.is_reported is 'Whether it is indirect speech, reported without quotation marks.';
