-- name: published_counted
-- severity: critical
-- scope: run
-- sentence: A run has published as many documents as it counted, and no run has more documents than it published.
-- id: run_id
-- Documents of an earlier run may have left since (a newer text, a new recipe, revue forget), so it may have fewer. The
-- run being checked may lack only the texts it superseded itself and documents forgotten after it had finished; while it
-- is audited it has not finished, so that no document forgotten earlier excuses a lost one.
with present as (
    select run_id, count(*) as count_documents,
    from documents
    group by run_id
),

departed as (
    select
        (select count(*) from duplicates where kind = 'version' and run_id = getvariable('run_id'))
        + (
            select count(*)
            from forgotten
            inner join runs on runs.run_id = getvariable('run_id')
            where forgotten.forgotten_at > runs.finished_at
        ) as count_departed,
),

faults as (
    select
        runs.run_id,
        format('documents published {}, in documents {}', runs.count_published, coalesce(count_documents, 0)) as detail,
    from runs
    left join present on present.run_id = runs.run_id
    cross join departed
    where coalesce(count_documents, 0) > runs.count_published
        or (
            runs.run_id = getvariable('run_id')
            and coalesce(count_documents, 0) + count_departed < runs.count_published
        )
)

select * from faults
