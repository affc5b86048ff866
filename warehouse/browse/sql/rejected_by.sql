-- One row per reason, stage or source of the records that are not in documents, the most frequent first; reads rejections.
with listed as (
    select
        case $by when 'reason' then reason when 'stage' then stage else coalesce(source_id, 'unknown') end as value,
        uri, record_no, outcome, attempts, detail,
    from rejections
    where ($reason is null or reason = $reason)
        and ($stage is null or stage = $stage)
        and ($source is null or coalesce(source_id, 'unknown') = $source)
),
counted as (
    select
        value,
        count(*) as records,
        count(*) filter (outcome = 'quarantined') as quarantined,
        max(attempts) as attempts,
        arg_min(uri, (uri, record_no)) as example,
        arg_min(detail, (uri, record_no)) as meaning,
    from listed
    group by value
)
select * from counted order by records desc, value;
