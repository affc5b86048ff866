-- name: figures_agree
-- severity: warning
-- scope: run
-- sentence: No two sources give figures for the same thing that cannot both be right.
-- id: doc_id
-- A warning whatever happens: which of two newsrooms is right is not for a check to say.
with in_run as (
    select doc_id from documents where run_id = getvariable('run_id')
),

faults as (
    select
        doc_id,
        format(
            '{}{}: {} says {}, {} says {}',
            question, coalesce(' (' || subject || ')', ''),
            source_id, rtrim(rtrim(format('{:,.2f}', value), '0'), '.'),
            other_source_id, rtrim(rtrim(format('{:,.2f}', other_value), '0'), '.')
        ) as detail,
    from disagreements
    where not exists (from in_run)
        or doc_id in (select doc_id from in_run)
        or other_doc_id in (select doc_id from in_run)
)

select * from faults
