-- One row: the run whose checks hold for a run that was not checked: the last one checked and published before that ended; the
-- run itself when there is none. Reads checks and runs.
select coalesce(
    (
        select checks.run_id
        from checks
        join runs using (run_id)
        where runs.state in ('published', 'unchanged')
            and checks.checked_at <= (select finished_at from runs where run_id = $run_id)
        order by checks.checked_at desc, checks.run_id desc
        limit 1
    ),
    $run_id
) as run_id;
