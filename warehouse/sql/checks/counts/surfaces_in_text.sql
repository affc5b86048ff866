-- name: surfaces_in_text
-- severity: critical
-- scope: document
-- sentence: Every sentence, name, date, figure, quote and role stands in the text at the characters it gives.
-- id: doc_id
with facts as (
    select doc_id, 'sentence' as fact, sentence_no as fact_no, surface, start_char, end_char from sentences
    union all
    select doc_id, 'mention', mention_no, surface, start_char, end_char from mentions
    union all
    select doc_id, 'date', date_no, surface, start_char, end_char from dates
    union all
    select doc_id, 'figure', figure_no, surface, start_char, end_char from figures
    union all
    select doc_id, 'quote', quote_no, surface, start_char, end_char from quotes
    union all
    select doc_id, 'role', role_no, surface, start_char, end_char from roles
),

faults as (
    select
        doc_id,
        format('{} {}: "{}" is not at [{}, {})', fact, fact_no, left(surface, 80), start_char, end_char) as detail,
    from facts
    inner join documents using (doc_id)
    where start_char < 0
        or end_char <= start_char
        or substr(text, start_char + 1, end_char - start_char) <> surface
)

select * from faults
