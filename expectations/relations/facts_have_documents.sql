-- name: facts_have_documents
-- severity: critical
-- scope: run
-- sentence: Every sentence, name, date, figure, quote and role belongs to a published document.
-- id: doc_id
-- Lines and evidence may belong to a page that was turned away: they explain why.
with facts as (
    select doc_id, 'sentences' as fact_table from sentences
    union all
    select doc_id, 'mentions' from mentions
    union all
    select doc_id, 'dates' from dates
    union all
    select doc_id, 'figures' from figures
    union all
    select doc_id, 'quotes' from quotes
    union all
    select doc_id, 'roles' from roles
    union all
    select doc_id, 'signatures' from signatures
),

faults as (
    select doc_id, format('{} rows of {}', count(*), fact_table) as detail,
    from facts
    anti join documents using (doc_id)
    group by doc_id, fact_table
)

select * from faults
