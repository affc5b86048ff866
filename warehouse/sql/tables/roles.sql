-- One statement that a person holds a role.
create table if not exists roles (
    doc_id text not null,
    role_no integer not null,
    mention_no integer,
    entity_id text,
    name text not null,
    role text not null,
    organisation text,
    organisation_mention_no integer,
    organisation_entity_id text,
    is_former boolean not null,
    office text,
    is_new boolean,
    surface text not null,
    start_char integer not null,
    end_char integer not null,
    raw_start integer not null,
    raw_end integer not null,
    sentence_no integer not null,
    primary key (doc_id, role_no)
);

comment on table roles is 'One statement that a person holds a role.';
comment on column roles.doc_id is 'The document: 32 hex digits of the SHA-256 of the record''s bytes after decompression.';
comment on column roles.role_no is 'Number of the role within the document, from 1.';
comment on column roles.mention_no is 'The mention name was taken from; mentions.mention_no. Null when it is not known.';
comment on column roles.entity_id is 'Who holds it; entities.entity_id.';
comment on column roles.name is 'The name, as printed.';
comment on column roles.role is 'The role, as printed.';
comment on column roles.organisation is 'The organisation or place it is held in, as printed.';
comment on column roles.organisation_mention_no is 'The mention organisation was taken from; mentions.mention_no. Null when it is not known.';
comment on column roles.organisation_entity_id is 'That organisation or place; entities.entity_id.';
comment on column roles.is_former is 'Whether the text gives it as a former role.';
comment on column roles.surface is 'The passage that states it, as printed in documents.text.';
comment on column roles.start_char is 'Start of the surface in documents.text, in code points.';
comment on column roles.end_char is 'End of the surface in documents.text, in code points, exclusive.';
comment on column roles.raw_start is 'Start of the surface in the page''s raw text, in code points.';
comment on column roles.raw_end is 'End of the surface in the page''s raw text, in code points, exclusive.';
comment on column roles.sentence_no is 'The sentence it starts in; sentences.sentence_no.';
comment on column roles.office is 'What forms of one role have in common: a code such as mayor for one that one person holds at a time, else the role as of a man, in lower case.';
comment on column roles.is_new is 'Whether the sentence says that the office was taken over lately or will be; null for a role that several people may hold, or of an organisation such as Parlement that many places have.';
