-- One row per person, place or organisation of the labels given, the most mentioned first, with the first mention in each document
-- and the roles stated. Reads entities, mentions, documents and roles.
with chosen as (
    select entity_id, name, label, aliases, count_documents, count_mentions
    from entities
    where contains($labels, label) and count_documents > 0
    order by count_documents desc, count_mentions desc, name, entity_id
    limit $most
),
firsts as (
    select mentions.entity_id, mentions.doc_id, min(mentions.mention_no) as mention_no, any_value(documents.source_id) as source_id
    from mentions
    join documents using (doc_id)
    where entity_id in (select entity_id from chosen) and not is_demonym
    group by all
),
places as (
    select entity_id, list({'doc_id': doc_id, 'anchor': 'mention-' || mention_no, 'source_id': source_id} order by doc_id) as places
    from firsts
    group by entity_id
),
stated as (
    select
        entity_id,
        if(organisation is null or contains(lower(role), lower(organisation)), lower(role), lower(role) || ', ' || organisation) as role,
        count(distinct doc_id) as count_documents,
        arg_min({'doc_id': doc_id, 'anchor': 'role-' || role_no}, (doc_id, role_no)) as place,
    from roles
    where entity_id in (select entity_id from chosen)
    group by all
),
held as (
    select entity_id, list({'role': role, 'place': place} order by count_documents desc, role)[:4] as roles
    from stated
    group by entity_id
)
select chosen.*, coalesce(places.places, []) as places, coalesce(held.roles, []) as roles
from chosen
left join places using (entity_id)
left join held using (entity_id)
order by count_documents desc, count_mentions desc, name, entity_id;
