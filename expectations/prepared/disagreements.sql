-- Reads v_disagreements and describe_question; makes one row per contradiction between two sources, once for all checks that use them: the view
-- is most of their cost.
with disagreements as (
    select question, describe_question(question) as asked, subject, value, doc_id, source_id, other_value, other_doc_id, other_source_id,
    from v_disagreements
    where kind = 'contradiction'
)

select * from disagreements
