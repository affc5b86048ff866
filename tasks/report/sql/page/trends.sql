-- One row per check of all sources together: its values in the last runs; failures first, then those that vary. Reads v_quality.
with recent as (
    select check_name, run_id, value, success, severity,
    from v_quality
    where source_id = '' and value is not null
    qualify row_number() over (partition by check_name order by run_id desc) <= 30
),
moved as (
    select
        check_name as "check",
        any_value(severity) as severity,
        arg_max(success, run_id) as success,
        arg_max(value, run_id) as now,
        median(value) as "usual",
        min(value) as least,
        max(value) as most,
        count(*) as runs,
        list(value order by run_id) as trend,
    from recent
    group by check_name
    having max(run_id) = (select max(run_id) from recent)
)
select * from moved order by success, least = most, "check";
