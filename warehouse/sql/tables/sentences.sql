-- One sentence of a document, cut once, by rule.
create table if not exists sentences (
    doc_id text not null,
    sentence_no integer not null,
    start_char integer not null,
    end_char integer not null,
    raw_start integer not null,
    raw_end integer not null,
    surface text not null,
    language text not null,
    primary key (doc_id, sentence_no)
);

comment on table sentences is 'One sentence of a document, cut once, by rule.';
comment on column sentences.doc_id is 'The document: 32 hex digits of the SHA-256 of the record''s bytes after decompression.';
comment on column sentences.sentence_no is 'Number of the sentence within the document, from 1.';
comment on column sentences.start_char is 'Start of the surface in documents.text, in code points.';
comment on column sentences.end_char is 'End of the surface in documents.text, in code points, exclusive.';
comment on column sentences.raw_start is 'Start of the surface in the page''s raw text, in code points.';
comment on column sentences.raw_end is 'End of the surface in the page''s raw text, in code points, exclusive.';
comment on column sentences.surface is 'The sentence as printed in documents.text.';
comment on column sentences.language is 'ISO 639-1 code of the sentence''s language.';
