-- One row per entity in the documents that a run published, the most mentioned first. Reads mentions, documents and entities.
with mentioned as (
    select mentions.entity_id, count(*) as count_mentions, count(distinct mentions.doc_id) as count_documents
    from mentions
    semi join documents on documents.doc_id = mentions.doc_id and documents.run_id = $run_id
    where not mentions.is_demonym and mentions.entity_id is not null
    group by all
),
shown as (
    select entities.name, entities.label, mentioned.count_mentions, mentioned.count_documents
    from mentioned
    join entities using (entity_id)
    order by mentioned.count_documents desc, mentioned.count_mentions desc, entities.name
    limit 30
)
select * from shown;
