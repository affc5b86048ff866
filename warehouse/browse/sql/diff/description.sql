-- The description of a document, published or not: one row per field, and whether its page does not print the value, which was
-- credited from a copy of it. Reads evidence.
with chosen as (
    select field, string_agg(value, ', ' order by raw_start, value) as value, bool_or(method = 'copy') as is_credited,
    from evidence
    where doc_id = $doc_id and is_chosen and field in ('title', 'subtitle', 'author', 'published', 'updated', 'agency')
    group by field
)
select * from chosen order by field;
