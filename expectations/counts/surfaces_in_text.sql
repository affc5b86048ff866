-- name: surfaces_in_text
-- severity: critical
-- scope: document
-- sentence: Every sentence, name, date, figure, quote and role stands in the text at the characters it gives.
-- id: doc_id
-- A fact inside a sentence is looked up in the sentence, which is looked up in the text: finding a character in a text
-- costs its distance from the start.
with facts as (
    select doc_id, 'mention' as fact, mention_no as fact_no, sentence_no, surface, start_char, end_char from mentions
    union all
    select doc_id, 'date', date_no, sentence_no, surface, start_char, end_char from dates
    union all
    select doc_id, 'figure', figure_no, sentence_no, surface, start_char, end_char from figures
    union all
    select doc_id, 'quote', quote_no, sentence_no, surface, start_char, end_char from quotes
    union all
    select doc_id, 'role', role_no, sentence_no, surface, start_char, end_char from roles
),

placed as (
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
    select doc_id, fact, fact_no, surface, start_char, end_char,
    from placed
    where is_inside and substr(sentence, offset_chars + 1, end_char - start_char) <> surface
),

elsewhere as (
    select doc_id, fact, fact_no, surface, start_char, end_char,
    from placed
    where not is_inside
    union all
    select doc_id, 'sentence', sentence_no, surface, start_char, end_char
    from sentences
),

in_texts as (
    select doc_id, fact, fact_no, surface, start_char, end_char,
    from elsewhere
    inner join documents using (doc_id)
    where start_char < 0
        or end_char <= start_char
        or substr(text, start_char + 1, end_char - start_char) <> surface
),

faults as (
    select
        doc_id,
        format('{} {}: "{}" is not at [{}, {})', fact, fact_no, left(surface, 80), start_char, end_char) as detail,
    from (select * from in_sentences union all select * from in_texts)
    semi join documents using (doc_id)
)

select * from faults
