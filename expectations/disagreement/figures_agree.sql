-- name: figures_agree
-- severity: warning
-- scope: run
-- sentence: No two sources give contradictory figures for the same thing.
-- id: doc_id
-- Always a warning: a check cannot decide which of two newsrooms is right.
with faults as (
    select
        doc_id,
        format(
            '{}{}: {} gives {}, {} gives {}',
            asked, coalesce(', ' || subject, ''),
            source_id, value,
            other_source_id, other_value
        ) as detail,
    from disagreements
    where doc_id in (select doc_id from checked_documents)
        or other_doc_id in (select doc_id from checked_documents)
)

select * from faults
