-- name: text_present
-- severity: critical
-- scope: document
-- sentence: Every published document has a text that contains words.
-- id: doc_id
with faults as (
    select doc_id, format('words: {}, characters: {}', count_words, length(text)) as detail,
    from documents
    where count_words < 1 or not regexp_matches(text, '\p{L}')
)

select * from faults
