-- One row per outcome: how many of the records read in this run came to it.
with outcomes as (
    select
        case
            when fates.fate = 'unchanged' then 'unchanged'
            when rejections.uri is not null then rejections.outcome
            when fates.fate = 'duplicate' then 'duplicates'
            when documents.doc_id is not null then 'published'
            when versions.doc_id is not null then 'duplicates'
            else 'lost'
        end as outcome,
    from fates
    left join rejections
        on rejections.uri = fates.uri and rejections.record_no = fates.record_no and rejections.run_id = $run_id
    left join documents on documents.doc_id = fates.doc_id
    left join (select distinct doc_id from duplicates where kind = 'version') as versions on versions.doc_id = fates.doc_id
)
select outcome, count(*)::integer as count from outcomes group by all;
