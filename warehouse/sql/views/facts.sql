-- One row per fact of any kind. Reads the table of each kind and makes the view `facts`; the placeholder stands for one
-- `select` per kind of the registry (warehouse/facts.py).
create or replace view facts as
with located as (
{facts}
)
select * from located;

comment on view facts is 'Every name, date, figure, quote and role with its positions: the columns that all kinds of fact have.';
comment on column facts.doc_id is 'The document; documents.doc_id.';
comment on column facts.kind is 'The kind of fact in the singular, such as mention or figure; its other columns are in the table of that kind.';
comment on column facts.no is 'Number of the fact within the document and kind, from 1: mention_no, date_no, figure_no and so on.';
comment on column facts.surface is 'The fact as it stands in documents.text.';
comment on column facts.start_char is 'Start of the surface in documents.text, in code points.';
comment on column facts.end_char is 'End of the surface in documents.text, in code points, exclusive.';
comment on column facts.raw_start is 'Start of the surface in the page''s raw text, in code points.';
comment on column facts.raw_end is 'End of the surface in the page''s raw text, in code points, exclusive.';
comment on column facts.sentence_no is 'The sentence it starts in; sentences.sentence_no.';
