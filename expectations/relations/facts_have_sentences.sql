-- name: facts_have_sentences
-- severity: critical
-- scope: document
-- sentence: Every name, date, figure, quote and role says which sentence it starts in, and that sentence is there.
-- id: doc_id
-- Reads facts, sentences and documents.
with faults as (
    select facts.doc_id, format('{} {} is not in sentence {}', facts.kind, facts.no, facts.sentence_no) as detail,
    from facts
    semi join documents on documents.doc_id = facts.doc_id
    left join sentences on sentences.doc_id = facts.doc_id and sentences.sentence_no = facts.sentence_no
    where sentences.doc_id is null
        or facts.start_char < sentences.start_char
        or facts.start_char >= sentences.end_char
)

select * from faults
