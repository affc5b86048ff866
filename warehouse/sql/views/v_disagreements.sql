-- One row per two figures that answer the same question differently: the same noun counted (or the same subject and
-- unit), in documents of two sources, within a week, that name at least three entities in common.
create or replace view v_disagreements as
with asked as (
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
    select
        asked.*,
        documents.source_id,
        documents.published_on,
        (documents.published_on - date '1900-01-01') // 8 as week,
    from asked
    join told using (doc_id, question, kind)
    join documents using (doc_id)
    where told.count_values = 1 and documents.published_on is not null
),
apart as (
    -- few figures contradict each other, most documents name somebody in common: so the figures are compared first, and
    -- only those of eight days and the eight next to them
    select
        one.question,
        one.doc_id,
        two.doc_id as other_doc_id,
        one.value,
        two.value as other_value,
        one.sentence_no,
        two.sentence_no as other_sentence_no,
        coalesce(one.subject_entity_id, two.subject_entity_id) as entity_id,
        one.source_id,
        two.source_id as other_source_id,
        one.published_on,
        two.published_on as other_published_on,
    from single as one
    join (select *, unnest([week - 1, week, week + 1]) as near_week from single) as two
        on two.question = one.question and two.kind = one.kind and two.near_week = one.week
    where one.doc_id < two.doc_id
        and one.source_id <> two.source_id
        and abs(one.published_on - two.published_on) <= 7
        and (one.most < two.least or two.most < one.least)
        and (one.subject_entity_id is null or two.subject_entity_id is null or one.subject_entity_id = two.subject_entity_id)
),
named as (
    -- a list of each document's entities: joined on entities, documents that all name one country would all meet
    select doc_id, list(distinct entity_id) as entity_ids,
    from mentions
    where entity_id is not null and not is_demonym
    group by doc_id
),
related as (
    select pairs.doc_id, pairs.other_doc_id
    from (select distinct doc_id, other_doc_id from apart) as pairs
    join named as one on one.doc_id = pairs.doc_id
    join named as two on two.doc_id = pairs.other_doc_id
    where len(list_intersect(one.entity_ids, two.entity_ids)) >= 3
),
disagreements as (
    select distinct
        apart.question,
        apart.entity_id,
        entities.name as subject,
        apart.value,
        apart.doc_id,
        apart.source_id,
        apart.published_on,
        sentence.surface as sentence,
        apart.other_value,
        apart.other_doc_id,
        apart.other_source_id,
        apart.other_published_on,
        other_sentence.surface as other_sentence,
    from apart
    join related using (doc_id, other_doc_id)
    join sentences as sentence on sentence.doc_id = apart.doc_id and sentence.sentence_no = apart.sentence_no
    join sentences as other_sentence
        on other_sentence.doc_id = apart.other_doc_id and other_sentence.sentence_no = apart.other_sentence_no
    left join entities on entities.entity_id = apart.entity_id
)
select * from disagreements order by published_on, question, doc_id, other_doc_id;

comment on view v_disagreements is 'Figures of two sources that cannot both be right.';
