-- One row per check of a run, from the run's last audit: failures first, the most severe first. Reads checks.
with results as (
    select
        suite, check_name, source_id, severity, scope, success, value, low, high, count_unexpected, sentence,
        accepted_by, accepted_because, accepted_until,
    from checks
    where run_id = $run_id
    qualify row_number() over (partition by suite, check_name, source_id order by checked_at desc) = 1
    order by success, severity <> 'critical', severity <> 'warning', suite, check_name, source_id
)
select * from results;
