-- One row per record that could be tried again, the last turned away first, with the inputs its last run was given.
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
