-- The documents that hold every one of `$words` (lower case, without accents) as the beginning of a word, the latest first.
-- Reads documents.
with folded as (
    select
        doc_id,
        published_on,
        regexp_replace(
            replace(replace(strip_accents(lower(concat_ws(' ', title, subtitle, text))), 'œ', 'oe'), 'æ', 'ae'),
            '[^\p{L}\p{N}]+', ' ', 'g'
        ) as body,
    from documents
),
found as (
    select doc_id, published_on from folded
    where len([word for word in $words if contains(' ' || body, ' ' || word)]) = len($words)
)
select doc_id, null as score from found order by published_on desc nulls last, doc_id;
