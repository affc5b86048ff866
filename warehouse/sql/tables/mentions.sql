-- One name in a document.
create table if not exists mentions (
    doc_id text not null,
    mention_no integer not null,
    entity_id text,
    label text not null,
    label_extracted text not null,
    surface text not null,
    start_char integer not null,
    end_char integer not null,
    raw_start integer not null,
    raw_end integer not null,
    sentence_no integer not null,
    extractor text not null,
    is_demonym boolean not null,
    primary key (doc_id, mention_no),
    check (label in ('PER', 'LOC', 'ORG', 'MISC')),
    check (label_extracted in ('PER', 'LOC', 'ORG', 'MISC'))
);

comment on table mentions is 'One name in a document.';
comment on column mentions.doc_id is 'The document: 32 hex digits of the SHA-256 of the record''s bytes after decompression.';
comment on column mentions.mention_no is 'Number of the mention within the document, from 1.';
comment on column mentions.entity_id is 'The person, place or organisation it names; entities.entity_id. Null for a dropped name and for a demonym of an unmentioned country.';
comment on column mentions.label is 'PER, LOC, ORG or MISC after the vote over the corpus.';
comment on column mentions.label_extracted is 'PER, LOC, ORG or MISC as extracted from this text alone.';
comment on column mentions.surface is 'The name as it stands in documents.text.';
comment on column mentions.start_char is 'Start of the surface in documents.text, in code points.';
comment on column mentions.end_char is 'End of the surface in documents.text, in code points, exclusive.';
comment on column mentions.raw_start is 'Start of the surface in the page''s raw text, in code points.';
comment on column mentions.raw_end is 'End of the surface in the page''s raw text, in code points, exclusive.';
comment on column mentions.sentence_no is 'The sentence it starts in; sentences.sentence_no.';
comment on column mentions.extractor is 'The pipeline with its version, or the rule, that found it.';
comment on column mentions.is_demonym is 'Whether it names a country or place by its inhabitants or an adjective; linked to its entity, but not counted.';
