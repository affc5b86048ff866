-- One row: the run whose checks the page shows when none is named: the last one checked, as a run that changed nothing is not;
-- the last run when none was; '' when there is none. Reads checks and runs.
select coalesce(
    (select run_id from checks order by checked_at desc, run_id desc limit 1),
    (select max(run_id) from runs),
    ''
) as run_id;
