-- One row per day that documents refer to: the 25 most referred to, in order of time. Reads v_timeline.
with days as (
    select on_date as day, count(distinct doc_id) as documents, arg_max(sentence, length(sentence)) as sentence
    from v_timeline
    where granularity in ('day', 'hour', 'minute') and what <> 'published'
    group by all
),
shown as (
    select * from days order by documents desc, day desc limit 25
)
select * from shown order by day;
