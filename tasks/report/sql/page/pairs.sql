-- One row per pair of entities named together in a sentence, the most frequent first, with one such sentence in each document.
-- Reads v_cooccurrence, mentions and entities.
with chosen as (
    select * from v_cooccurrence order by count_documents desc, count_sentences desc, entity_id, other_entity_id limit $most
),
together as (
    select chosen.entity_id, chosen.other_entity_id, one.doc_id, min(one.sentence_no) as sentence_no
    from chosen
    join mentions as one on one.entity_id = chosen.entity_id and not one.is_demonym
    join mentions as two
        on two.entity_id = chosen.other_entity_id and two.doc_id = one.doc_id and two.sentence_no = one.sentence_no and not two.is_demonym
    group by all
),
places as (
    select entity_id, other_entity_id, list({'doc_id': doc_id, 'anchor': 'sentence-' || sentence_no} order by doc_id) as places
    from together
    group by all
)
select one.name, two.name as other_name, chosen.count_sentences, chosen.count_documents, places.places
from chosen
join places using (entity_id, other_entity_id)
join entities as one on one.entity_id = chosen.entity_id
join entities as two on two.entity_id = chosen.other_entity_id
order by chosen.count_documents desc, chosen.count_sentences desc, one.name, two.name, chosen.entity_id, chosen.other_entity_id;
