-- The rows of a table that has doc_id, each with the month its document was published in (`month`, none when not known), in the
-- order of months. Reads documents; `{table}` is the name of the table.
select
    exported.*,
    coalesce(strftime(dated.published_on, '%Y-%m'), 'none') as month,
from {table} as exported
left join (select doc_id, published_on from documents) as dated on dated.doc_id = exported.doc_id
order by month;
