-- One row per two figures that answer the same question differently: the same noun counted (or the same subject and
-- unit), in documents of two sources, within a week, that name at least three entities in common.
create or replace view v_disagreements as
with named as (
    select distinct doc_id, entity_id from mentions where entity_id is not null and not is_demonym
),
common as (
    select named.doc_id, other.doc_id as other_doc_id
    from named
    join named as other using (entity_id)
    where named.doc_id < other.doc_id
    group by all
    having count(*) >= 3
),
related as (
    select common.doc_id, common.other_doc_id
    from common
    join documents as one on one.doc_id = common.doc_id
    join documents as two on two.doc_id = common.other_doc_id
    where one.source_id <> two.source_id and abs(one.published_on - two.published_on) <= 7
),
asked as (
    select
        figures.*,
        lower(coalesce(figures.counted, figures.unit, figures.currency)) as question,
        coalesce(figures.low, figures.value) as least,
        coalesce(figures.high, figures.value) as most,
    from figures
    where figures.kind in ('count', 'money') and coalesce(figures.counted, figures.unit, figures.currency) is not null
),
told as (
    select doc_id, question, kind, count(distinct value) as count_values from asked group by all
),
single as (
    -- where one document gives several values for a question it is more than one question
    select asked.* from asked join told using (doc_id, question, kind) where told.count_values = 1
),
disagreements as (
    select distinct
        one.question,
        coalesce(one.subject_entity_id, two.subject_entity_id) as entity_id,
        entities.name as subject,
        one.value,
        one.doc_id,
        document.source_id,
        document.published_on,
        sentence.surface as sentence,
        two.value as other_value,
        two.doc_id as other_doc_id,
        other_document.source_id as other_source_id,
        other_document.published_on as other_published_on,
        other_sentence.surface as other_sentence,
    from related
    join single as one on one.doc_id = related.doc_id
    join single as two on two.doc_id = related.other_doc_id and two.question = one.question and two.kind = one.kind
    join documents as document on document.doc_id = one.doc_id
    join documents as other_document on other_document.doc_id = two.doc_id
    join sentences as sentence on sentence.doc_id = one.doc_id and sentence.sentence_no = one.sentence_no
    join sentences as other_sentence on other_sentence.doc_id = two.doc_id and other_sentence.sentence_no = two.sentence_no
    left join entities on entities.entity_id = coalesce(one.subject_entity_id, two.subject_entity_id)
    where (one.most < two.least or two.most < one.least)
        and (one.subject_entity_id is null or two.subject_entity_id is null or one.subject_entity_id = two.subject_entity_id)
)
select * from disagreements order by published_on, question, doc_id, other_doc_id;

comment on view v_disagreements is 'Figures of two sources that cannot both be right.';
