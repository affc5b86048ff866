-- name: surfaces_in_text
-- severity: critical
-- scope: document
-- sentence: Every sentence, name, date, figure, quote and role stands in the text at the characters it gives.
-- id: doc_id
-- Reads facts, sentences and documents. A fact inside a sentence is compared with the sentence, and the sentence with
-- the text: reading a character of a long text costs time in proportion to its distance from the start.
with placed as (
    select
        facts.*,
        sentences.surface as sentence,
        facts.start_char - sentences.start_char as offset_chars,
        coalesce(
            facts.start_char >= sentences.start_char
            and facts.end_char > facts.start_char
            and facts.end_char <= sentences.end_char,
            false
        ) as is_inside,
    from facts
    left join sentences on sentences.doc_id = facts.doc_id and sentences.sentence_no = facts.sentence_no
),

in_sentences as (
    select doc_id, kind, no, surface, start_char, end_char,
    from placed
    where is_inside and substr(sentence, offset_chars + 1, end_char - start_char) <> surface
),

elsewhere as (
    select doc_id, kind, no, surface, start_char, end_char,
    from placed
    where not is_inside
    union all
    select doc_id, 'sentence' as kind, sentence_no as no, surface, start_char, end_char
    from sentences
),

in_texts as (
    select doc_id, kind, no, surface, start_char, end_char,
    from elsewhere
    inner join documents using (doc_id)
    where start_char < 0
        or end_char <= start_char
        or substr(text, start_char + 1, end_char - start_char) <> surface
),

faults as (
    select
        doc_id,
        format('{} {}: "{}" is not at [{}, {})', kind, no, left(surface, 80), start_char, end_char) as detail,
    from (select * from in_sentences union all select * from in_texts)
    semi join documents using (doc_id)
)

select * from faults
