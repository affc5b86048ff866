-- One row per record a run turned away.
with turned_away as (
    select uri, record_no, outcome, stage, reason, detail
    from rejections
    where run_id = $run_id
    order by uri, record_no
)
select * from turned_away;
