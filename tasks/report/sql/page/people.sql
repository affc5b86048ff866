-- One row per person, the most mentioned first, with some of the roles stated. Reads v_people and entities.
with roles as (
    select entity_id, role, count_documents from v_people
),
people as (
    select
        entities.name,
        (select string_agg(role, '; ' order by role) from (select distinct role from roles where roles.entity_id = entities.entity_id and role is not null limit 4)) as roles,
        entities.aliases,
        entities.count_documents as documents,
        entities.count_mentions as mentions,
    from entities
    where entities.label = 'PER'
)
select * from people order by documents desc, mentions desc, name limit 25;
