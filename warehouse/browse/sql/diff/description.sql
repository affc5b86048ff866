-- The description of a document as its page gave it, published or not: one row per field. Reads evidence.
with chosen as (
    select field, string_agg(value, ', ' order by raw_start, value) as value
    from evidence
    where doc_id = $doc_id and is_chosen and field in ('title', 'subtitle', 'author', 'published', 'updated', 'agency')
        and method <> 'copy'
    group by field
)
select * from chosen order by field;
