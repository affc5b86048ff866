-- name: mentions_have_entities
-- severity: critical
-- scope: run
-- sentence: Every name found is linked to the person, place or organisation it names.
-- id: doc_id
-- A demonym may name a place that is not in the collection, and the user may drop a name: both may have no link.
with faults as (
    select doc_id, format('mention {}: "{}" names {}', mention_no, left(surface, 80), coalesce(entity_id, 'nobody')) as detail,
    from mentions
    anti join entities using (entity_id)
    where entity_id is not null
        or (not is_demonym and (doc_id, surface, label) not in (select (doc_id, surface, label) from dropped_names))
)

select * from faults
