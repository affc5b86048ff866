-- Reads `rejections` and `runs`. One row per record that could be tried again, the last rejected first, with the inputs that
-- were given to the run that rejected it.
with listed as (
    select
        rejections.uri,
        rejections.record_no,
        rejections.doc_id,
        rejections.outcome,
        rejections.reason,
        rejections.attempts,
        coalesce(runs.inputs, []) as inputs,
    from rejections
    left join runs using (run_id)
    where ($reason is null or rejections.reason = $reason)
        and ($stage is null or rejections.stage = $stage)
        and ($source is null or coalesce(rejections.source_id, 'unknown') = $source)
    order by rejections.rejected_at desc, rejections.uri, rejections.record_no
)
select * from listed;
