-- name: facts_have_documents
-- severity: critical
-- scope: run
-- sentence: Every sentence, name, date, figure, quote and role belongs to a published document.
-- id: doc_id
-- Reads facts, sentences, bands and documents. Lines and evidence may belong to a page that was rejected: they
-- explain why.
with extracted as (
    select doc_id, kind from facts
    union all
    select doc_id, 'sentence' as kind from sentences
    union all
    select doc_id, 'band' as kind from bands
),

faults as (
    select doc_id, format('rows of the kind {}: {}', kind, count(*)) as detail,
    from extracted
    anti join documents using (doc_id)
    group by doc_id, kind
)

select * from faults
