-- name: figures_agree
-- severity: warning
-- scope: run
-- sentence: No two sources give figures for the same thing that cannot both be right.
-- id: doc_id
-- Always a warning: a check cannot decide which of two newsrooms is right.
with faults as (
    select
        doc_id,
        format(
            '{}{}: {} says {}, {} says {}',
            question, coalesce(' (' || subject || ')', ''),
            source_id, rtrim(rtrim(format('{:,.2f}', value), '0'), '.'),
            other_source_id, rtrim(rtrim(format('{:,.2f}', other_value), '0'), '.')
        ) as detail,
    from disagreements
    where doc_id in (select doc_id from checked_documents)
        or other_doc_id in (select doc_id from checked_documents)
)

select * from faults
