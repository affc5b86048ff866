-- name: entity_counts
-- severity: critical
-- scope: run
-- sentence: The counts of a person, place or organisation are exactly the mentions and documents that name it.
-- id: entity_id
with named as (
    select entity_id, count(*) as count_mentions, count(distinct doc_id) as count_documents,
    from mentions
    where not is_demonym and entity_id is not null
    group by entity_id
),

faults as (
    select
        entities.entity_id,
        format(
            '"{}": mentions {}, documents {}; counted {} and {}',
            entities.name,
            coalesce(named.count_mentions, 0),
            coalesce(named.count_documents, 0),
            entities.count_mentions,
            entities.count_documents
        ) as detail,
    from entities
    left join named on named.entity_id = entities.entity_id
    where entities.count_mentions <> coalesce(named.count_mentions, 0)
        or entities.count_documents <> coalesce(named.count_documents, 0)
)

select * from faults
