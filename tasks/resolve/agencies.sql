-- Credit the agency of a story on its copies: where the pages of a story that name an agency name one and the same, the others
-- carry it too, with the evidence `copy`. Where they name two, none is credited by copy. A credit leaves with the page it came
-- from: all of them are made anew, and those that stay are not written.
-- Reads documents and evidence; writes `documents.agency` and the evidence with the method `copy`.
create or replace table scratch.copied_agencies as
with credited as (
    select doc_id, story_id, if(copied.doc_id is null, agency, null) as agency,
    from documents
    left join (select doc_id from evidence where field = 'agency' and method = 'copy') as copied using (doc_id)
),
stories as (
    select story_id, min(agency) as agency
    from credited
    group by story_id
    having count(*) > 1 and count(distinct agency) = 1
),
confidences as (
    select credited.story_id, max(evidence.confidence) as confidence
    from credited
    inner join evidence on evidence.doc_id = credited.doc_id and evidence.value = credited.agency
    where evidence.field = 'agency' and evidence.is_chosen
    group by credited.story_id
)
select credited.doc_id, stories.agency, coalesce(confidences.confidence, 1) as confidence,
from credited
inner join stories using (story_id)
left join confidences using (story_id)
where credited.agency is null;

update documents set agency = renewed.agency
from (
    select documents.doc_id, copied.agency
    from documents
    left join scratch.copied_agencies as copied using (doc_id)
    where copied.doc_id is not null
        or documents.doc_id in (select doc_id from evidence where field = 'agency' and method = 'copy')
) as renewed
where renewed.doc_id = documents.doc_id and documents.agency is distinct from renewed.agency;

delete from evidence
where field = 'agency' and method = 'copy'
    and not exists (
        select 1 from scratch.copied_agencies as copied
        where copied.doc_id = evidence.doc_id and copied.agency = evidence.value and copied.confidence = evidence.confidence
    );

insert into evidence by name
with known as (
    select doc_id, max(evidence_no) as last_no, bool_or(field = 'agency' and method = 'copy') as is_credited,
    from evidence
    semi join scratch.copied_agencies using (doc_id)
    group by doc_id
)
select
    copied.doc_id,
    coalesce(known.last_no, 0) + 1 as evidence_no,
    'agency' as field,
    copied.agency as value,
    'copy' as method,
    copied.confidence,
    true as is_chosen,
from scratch.copied_agencies as copied
left join known using (doc_id)
where not coalesce(known.is_credited, false);
