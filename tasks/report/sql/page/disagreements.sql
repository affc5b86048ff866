-- One row per disagreement, contradictions first, with the places of its two sentences. Reads v_disagreements, describe_question,
-- sentences and sources.
with disagreements as materialized (
    select * from v_disagreements
),
numbered as (
    select doc_id, surface, min(sentence_no) as sentence_no
    from sentences
    where doc_id in (select doc_id from disagreements union all select other_doc_id from disagreements)
    group by all
)
select
    describe_question(question) as asked, subject, kind,
    value, disagreements.doc_id, coalesce(one_source.name, source_id) as source, published_on, sentence,
    coalesce('sentence-' || one.sentence_no, '') as anchor,
    other_value, other_doc_id, coalesce(two_source.name, other_source_id) as other_source, other_published_on, other_sentence,
    coalesce('sentence-' || two.sentence_no, '') as other_anchor,
from disagreements
left join numbered as one on one.doc_id = disagreements.doc_id and one.surface = sentence
left join numbered as two on two.doc_id = other_doc_id and two.surface = other_sentence
left join sources as one_source using (source_id)
left join sources as two_source on two_source.source_id = other_source_id
order by kind, greatest(published_on, other_published_on) desc, question, subject, disagreements.doc_id, other_doc_id, value, other_value
limit $most;
