-- One row per check, source and run: how quality moves.
create or replace view v_quality as
with history as (
    select
        checks.check_name,
        checks.source_id,
        checks.run_id,
        runs.finished_at,
        checks.value,
        checks.severity,
        checks.success,
    from checks
    join runs using (run_id)
)
select * from history order by check_name, source_id, finished_at;

comment on view v_quality is 'The value of every check over the runs.';
