-- One row per record that is not in documents; reads rejections.
with listed as (
    select uri, record_no, outcome, stage, reason, detail, source_id, attempts, rejected_at, doc_id
    from rejections
    where ($reason is null or reason = $reason)
        and ($stage is null or stage = $stage)
        and ($source is null or coalesce(source_id, 'unknown') = $source)
)
select * from listed order by reason, uri, record_no;
