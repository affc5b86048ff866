-- One row per check of a run, failures first.
select success, severity, suite, check_name as "check", source_id as source, sentence, value, low, high, count_unexpected as failing
from checks
where run_id = $run_id
order by success, severity <> 'critical', severity <> 'warning', suite, check_name, source_id;
