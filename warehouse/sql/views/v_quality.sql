-- One row per check, source and run, from the last audit of the run: a refused run may be published later. Reads checks and runs.
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

comment on view v_quality is 'The value of every check over the runs, in order of time.';
comment on column v_quality.check_name is 'Name of the check.';
comment on column v_quality.source_id is 'The source measured; empty for all sources together.';
comment on column v_quality.run_id is 'The run that was checked.';
comment on column v_quality.finished_at is 'When the run finished.';
comment on column v_quality.value is 'The value measured; null for a check that measures none.';
comment on column v_quality.severity is 'critical, warning or info.';
comment on column v_quality.success is 'Whether the check passed.';
