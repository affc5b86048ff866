-- name: links_have_entities
-- severity: critical
-- scope: run
-- sentence: Every figure, quote, role and further name that points to a person, place or organisation points to one that is there.
-- id: entity_id
-- Reads figures, quotes, roles, entity_names and entities.
with links as (
    select subject_entity_id as entity_id, 'figures' as linking_table from figures
    union all
    select speaker_entity_id, 'quotes' from quotes
    union all
    select entity_id, 'roles' from roles
    union all
    select organisation_entity_id, 'roles' from roles
    union all
    select entity_id, 'entity_names' from entity_names
),

faults as (
    select entity_id, format('rows of {}: {}', linking_table, count(*)) as detail,
    from links
    anti join entities using (entity_id)
    where entity_id is not null
    group by entity_id, linking_table
)

select * from faults
