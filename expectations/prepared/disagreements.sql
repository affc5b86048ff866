-- One row per contradiction between two sources, found once for all checks: looking for them is most of what these cost.
with disagreements as (
    select question, subject, value, doc_id, source_id, other_value, other_doc_id, other_source_id,
    from v_disagreements
)

select * from disagreements
