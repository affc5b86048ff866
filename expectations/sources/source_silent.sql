-- name: source_silent
-- form: measure
-- severity: warning
-- scope: run
-- sentence: Every source with documents in nearly every run has documents in this one.
-- value: runs in a row without a document of the source, this one included, for each source with documents in nearly every run
-- Only runs that published documents count, and a source that has been missing for long is left out. Nothing is measured
-- when the run has documents of fewer than half of the regular sources: it is about something else.
with appearances as (
    select distinct source_id, run_id,
    from checks
    inner join runs using (run_id)
    where checks.check_name = 'documents_published'
        and checks.value > 0
        and checks.source_id <> ''
        and runs.state = 'published'
        and run_id < getvariable('run_id')
    union
    select distinct source_id, run_id,
    from documents
    where run_id = getvariable('run_id') and source_id <> 'unknown'
),

aged_runs as (
    select run_id, row_number() over (order by run_id desc) - 1 as age,
    from (select distinct run_id from appearances)
    where exists (from documents where run_id = getvariable('run_id'))
),

aged_appearances as (
    select
        appearances.source_id,
        aged_runs.age,
        min(aged_runs.age) filter (aged_runs.age > 0) over (partition by appearances.source_id) as last_age,
    from appearances
    inner join aged_runs using (run_id)
),

frequencies as (
    select
        source_id,
        min(age) = 0 as is_here,
        any_value(last_age) as last_age,
        count(*) filter (age >= last_age and age < last_age + getvariable('history_runs')) as count_with,
        least(getvariable('history_runs'), (select max(age) from aged_runs) - any_value(last_age) + 1) as count_all,
    from aged_appearances
    group by source_id
),

regular as (
    select *, count(*) filter (is_here) over () >= count(*) over () / 2 as is_usual_run,
    from frequencies
    where count_all >= getvariable('history_least_runs')
        and count_with >= getvariable('history_regular') * count_all
        and last_age <= getvariable('history_runs')
),

measured as (
    select
        source_id,
        case when is_here then 0 else last_age end as value,
        format('{}: no document, while {} of {} runs before had some', source_id, count_with, count_all::integer) as detail,
    from regular
    where is_usual_run
)

select * from measured
