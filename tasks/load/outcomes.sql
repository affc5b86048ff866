-- Reads `scratch.record_status` and the candidate's `rejections`, `documents` and `duplicates` after resolve. One row per
-- outcome: how many of the records read in this run have it; `lost` when a record has none.
with outcomes as (
    select
        case
            when status.status = 'unchanged' then 'unchanged'
            when rejections.uri is not null then rejections.outcome
            when status.status = 'duplicate' then 'duplicates'
            when documents.doc_id is not null then 'published'
            when versions.doc_id is not null then 'duplicates'
            else 'lost'
        end as outcome,
    from scratch.record_status as status
    left join rejections
        on rejections.uri = status.uri and rejections.record_no = status.record_no and rejections.run_id = $run_id
    left join documents on documents.doc_id = status.doc_id
    left join (select distinct doc_id from duplicates where kind = 'version') as versions
        on versions.doc_id = status.doc_id
),
counts as (
    select outcome, count(*)::integer as count from outcomes group by all
)
select * from counts;
