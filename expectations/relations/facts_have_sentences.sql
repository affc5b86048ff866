-- name: facts_have_sentences
-- severity: critical
-- scope: document
-- sentence: Every name, date, figure, quote and role says which sentence it starts in, and that sentence is there.
-- id: doc_id
with facts as (
    select doc_id, 'mention' as fact, mention_no as fact_no, sentence_no, start_char from mentions
    union all
    select doc_id, 'date', date_no, sentence_no, start_char from dates
    union all
    select doc_id, 'figure', figure_no, sentence_no, start_char from figures
    union all
    select doc_id, 'quote', quote_no, sentence_no, start_char from quotes
    union all
    select doc_id, 'role', role_no, sentence_no, start_char from roles
),

faults as (
    select facts.doc_id, format('{} {} is not in sentence {}', fact, fact_no, facts.sentence_no) as detail,
    from facts
    semi join documents on documents.doc_id = facts.doc_id
    left join sentences on sentences.doc_id = facts.doc_id and sentences.sentence_no = facts.sentence_no
    where sentences.doc_id is null
        or facts.start_char < sentences.start_char
        or facts.start_char >= sentences.end_char
)

select * from faults
