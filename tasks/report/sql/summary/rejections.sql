-- One row per record that a run rejected; reads rejections.
with rejected as (
    select uri, record_no, outcome, stage, reason, detail
    from rejections
    where run_id = $run_id
    order by uri, record_no
)
select * from rejected;
