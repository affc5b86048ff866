-- One row per pair of entities named in one sentence, the smaller id first. Reads mentions, documents and entities.
create or replace view v_cooccurrence as
with named as (
    select distinct mentions.doc_id, documents.story_id, mentions.sentence_no, mentions.entity_id
    from mentions
    inner join documents using (doc_id)
    where mentions.entity_id is not null and not mentions.is_demonym
),
pairs as (
    select
        named.entity_id,
        other.entity_id as other_entity_id,
        count(*)::integer as count_sentences,
        count(distinct named.doc_id)::integer as count_documents,
        count(distinct named.story_id)::integer as count_stories,
    from named
    join named as other using (doc_id, sentence_no)
    where named.entity_id < other.entity_id
    group by all
),
named_pairs as (
    select
        pairs.entity_id, entities.name, other_entity_id, others.name as other_name,
        pairs.count_sentences, pairs.count_documents, pairs.count_stories,
    from pairs
    join entities on entities.entity_id = pairs.entity_id
    join entities as others on others.entity_id = pairs.other_entity_id
)
select * from named_pairs order by count_sentences desc, entity_id, other_entity_id;

comment on view v_cooccurrence is 'Pairs of entities that are named together in a sentence, the most frequent first.';
comment on column v_cooccurrence.entity_id is 'The entity with the smaller id; entities.entity_id.';
comment on column v_cooccurrence.name is 'The name of that entity.';
comment on column v_cooccurrence.other_entity_id is 'The other entity; entities.entity_id.';
comment on column v_cooccurrence.other_name is 'The name of the other entity.';
comment on column v_cooccurrence.count_sentences is 'Sentences that name both.';
comment on column v_cooccurrence.count_documents is 'Documents with such a sentence.';
comment on column v_cooccurrence.count_stories is 'Stories among these: copies are counted once.';
