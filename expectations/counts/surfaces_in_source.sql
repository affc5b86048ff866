-- name: surfaces_in_source
-- severity: critical
-- scope: document
-- sentence: Every sentence, name, date, figure, quote and role stands in the page as it was read, at the characters it gives.
-- id: doc_id
-- Reads facts, sentences, lines and documents. Within one line the characters are compared one by one; over several
-- lines the kept ones are compared without white space. Only a quote or a sentence may contain a removed line. A fact
-- is not looked up in the page when its sentence is as long in the page as in the text and the fact has the same
-- distance from the start of the sentence in both: surfaces_in_text has compared it with the text.
with whole_sentences as (
    select doc_id, sentence_no, start_char, end_char, raw_start,
    from sentences
    where raw_end - raw_start = end_char - start_char
),

compared as (
    select
        facts.*,
        coalesce(
            facts.start_char >= whole_sentences.start_char
            and facts.end_char > facts.start_char
            and facts.end_char <= whole_sentences.end_char
            and facts.raw_start - whole_sentences.raw_start = facts.start_char - whole_sentences.start_char
            and facts.raw_end - facts.raw_start = facts.end_char - facts.start_char,
            false
        ) as is_placed,
    from facts
    left join whole_sentences
        on whole_sentences.doc_id = facts.doc_id and whole_sentences.sentence_no = facts.sentence_no
),

unplaced as (
    select doc_id, kind, no, surface, raw_start, raw_end,
    from compared
    where not is_placed
    union all
    select doc_id, 'sentence' as kind, sentence_no as no, surface, raw_start, raw_end from sentences
),

located as (
    select unplaced.*, lines.line, lines.is_kept, lines.raw_start as line_start, lines.raw_end as line_end,
    from unplaced
    semi join documents on documents.doc_id = unplaced.doc_id
    asof left join lines on lines.doc_id = unplaced.doc_id and lines.raw_start <= unplaced.raw_start
),

misplaced as (
    select doc_id, kind, no, surface, raw_start, raw_end,
    from located
    where line is null
        or raw_end <= raw_start
        or (
            raw_end <= line_end
            and not (is_kept and substr(line, raw_start - line_start + 1, raw_end - raw_start) = surface)
        )
),

several_lines as (
    select
        located.doc_id,
        located.kind,
        located.no,
        located.surface,
        located.raw_start,
        located.raw_end,
        coalesce(
            string_agg(
                substr(
                    lines.line,
                    greatest(located.raw_start, lines.raw_start) - lines.raw_start + 1,
                    least(located.raw_end, lines.raw_end) - greatest(located.raw_start, lines.raw_start)
                ),
                '' order by lines.line_no
            ) filter (lines.is_kept),
            ''
        ) as kept,
        bool_or(not lines.is_kept and lines.kind <> 'blank') as has_removed_line,
    from located
    inner join lines
        on lines.doc_id = located.doc_id
        and lines.raw_start < located.raw_end
        and lines.raw_end > located.raw_start
    where located.raw_end > located.line_end
    group by all
),

torn as (
    select doc_id, kind, no, surface, raw_start, raw_end,
    from several_lines
    where (has_removed_line and kind not in ('quote', 'sentence'))
        or regexp_replace(kept, '[\s\p{Z}\p{Cc}]+', '', 'g') <> regexp_replace(surface, '[\s\p{Z}\p{Cc}]+', '', 'g')
),

faults as (
    select
        doc_id,
        format('{} {}: "{}" is not at [{}, {}) of the page', kind, no, left(surface, 80), raw_start, raw_end) as detail,
    from (select * from misplaced union all select * from torn)
)

select * from faults
