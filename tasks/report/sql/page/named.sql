-- One row per entity, the most mentioned first, with the documents that mention it; reads entities and mentions.
with chosen as (
    select entity_id, name, count_documents, count_mentions
    from entities
    order by count_documents desc, count_mentions desc, name, entity_id
    limit $most
)
select chosen.name, list(distinct mentions.doc_id order by mentions.doc_id) as doc_ids
from chosen
join mentions using (entity_id)
where not mentions.is_demonym
group by chosen.entity_id, chosen.name
order by chosen.name, chosen.entity_id;
