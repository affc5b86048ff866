-- One row per check of a run, from the run's last audit, failures first; reads checks.
select success, severity, suite, check_name, source_id, sentence, value, low, high, count_unexpected, failing_ids,
    accepted_by, accepted_because, accepted_until,
from checks
where run_id = $run_id
qualify row_number() over (partition by suite, check_name, source_id order by checked_at desc) = 1
order by success, severity <> 'critical', severity <> 'warning', suite, check_name, source_id;
