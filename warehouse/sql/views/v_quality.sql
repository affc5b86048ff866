-- One row per check, source and run: how quality moves. The last audit of a run counts: a refused run may be published later.
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
    qualify row_number() over (
        partition by checks.suite, checks.check_name, checks.source_id, checks.run_id order by checks.checked_at desc
    ) = 1
)
select * from history order by check_name, source_id, finished_at;

comment on view v_quality is 'The value of every check over the runs.';
