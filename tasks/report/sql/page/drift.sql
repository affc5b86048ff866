-- One row per source and measure: its values in the last runs, and the difference of the last from the median of those before.
-- Reads v_quality and sources.
with recent as (
    select
        check_name, source_id, run_id, value, success,
        row_number() over (partition by check_name, source_id order by run_id desc) as age,
    from v_quality
    where source_id <> '' and value is not null
    qualify age <= 30
),
drifted as (
    select
        sources.name as source,
        check_name as measure,
        arg_max(success, run_id) as success,
        arg_max(value, run_id) as now,
        median(value) filter (age > 1) as usual,
        now - usual as change,
        -- a measure that is a change itself has no change in per cent
        case when not suffix(any_value(check_name), '_jumped') then 100 * change / nullif(abs(usual), 0) end as "change %",
        count(*) as runs,
        list(value order by run_id) as trend,
    from recent
    inner join sources using (source_id)
    group by all
)
select * from drifted order by success, abs("change %") desc nulls last, source, measure limit 200;
