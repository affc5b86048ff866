-- One row per measure and source: what is usual for it. The middle of the values measured in the last runs before the one
-- being checked, of those with documents enough of the source, and how far its values lie from it; `is_due` once there are
-- runs enough behind it and, but for the number of documents itself, documents enough in this run.
with audited as (
    -- the last audit of a run counts: a refused run may have been published after all
    select checks.check_name, checks.source_id, checks.run_id, checks.value,
    from checks
    inner join runs using (run_id)
    where runs.state = 'published'
        and checks.run_id < getvariable('run_id')
        and checks.source_id <> ''
        and checks.value is not null
    qualify row_number() over (
        partition by checks.check_name, checks.source_id, checks.run_id order by checks.checked_at desc
    ) = 1
),

large as (
    select source_id, run_id,
    from audited
    where check_name = 'documents_published' and value >= getvariable('history_documents')
),

recent as (
    select audited.*,
    from audited
    semi join large using (source_id, run_id)
    qualify row_number() over (partition by check_name, source_id order by run_id desc) <= getvariable('history_runs')
),

spread as (
    select check_name, source_id, count(*) as count_runs, median(value) as middle, mad(value) as deviation,
    from recent
    group by check_name, source_id
),

current_documents as (
    select source_id, count(*) as count_documents,
    from documents
    where run_id = getvariable('run_id')
    group by source_id
),

usual as (
    select
        spread.*,
        greatest(
            getvariable('history_deviations') * deviation,
            getvariable('history_least_spread') * abs(middle)
        ) as reach,
        middle - reach as low,
        middle + reach as high,
        coalesce(count_documents, 0) as count_documents,
        count_runs >= getvariable('history_runs')
        and (check_name = 'documents_published' or count_documents >= getvariable('history_documents')) as is_due,
    from spread
    left join current_documents using (source_id)
)

select * from usual
