-- Which documents are compared with the whole warehouse: those of the run, those without bands, and those of a story that lost
-- or renewed a document. The others were compared with each other before, and their stories stay.
-- Reads documents, bands and duplicates; `$run_id` is null to compare all. Makes `scratch.compared_documents` (doc_id,
-- has_bands).
create or replace table scratch.compared_documents as
with banded as (
    select doc_id from bands where band_no = 1
),
arrived as (
    select documents.doc_id from documents
    left join banded using (doc_id)
    where $run_id is null or documents.run_id = $run_id or banded.doc_id is null
),
members as (
    select doc_id, duplicate_of as story_id from duplicates where kind = 'near'
    union all
    select distinct duplicate_of as doc_id, duplicate_of as story_id from duplicates where kind = 'near'
),
changed_stories as (
    select distinct story_id from members
    where doc_id in (select doc_id from arrived) or doc_id not in (select doc_id from documents)
),
compared as (
    select doc_id from arrived
    union
    select documents.doc_id from documents
    where story_id in (select story_id from changed_stories)
)
select compared.doc_id, banded.doc_id is not null as has_bands
from compared
left join banded using (doc_id);
