-- One row per run, the latest first; reads runs.
select
    run_id as run, state, started_at::timestamp(0) as started, count_read as read, count_published as published, count_unchanged as unchanged,
    count_duplicates as duplicates, count_rejected as rejected, count_quarantined as quarantined,
from runs
order by run_id desc
limit 20;
