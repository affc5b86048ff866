-- One row per rejected record, and per input rejected as a whole (record number 0). Reads rejections.
with places as (
    select doc_id, uri, record_no, outcome || ' by ' || stage || ': ' || reason || '. ' || detail as outcome
    from rejections
)
select * from places order by uri, record_no;
