-- name: entity_name_counts
-- severity: warning
-- scope: run
-- sentence: The mentions counted for each name of a person, place or organisation add up to all its mentions.
-- id: entity_id
with summed as (
    select entity_id, sum(count_mentions) as count_mentions,
    from entity_names
    group by entity_id
),

faults as (
    select
        entities.entity_id,
        format('"{}": mentions {}, under its names {}', entities.name, entities.count_mentions, coalesce(summed.count_mentions, 0)) as detail,
    from entities
    left join summed on summed.entity_id = entities.entity_id
    where entities.count_mentions <> coalesce(summed.count_mentions, 0)
)

select * from faults
