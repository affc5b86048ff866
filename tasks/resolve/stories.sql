-- Reads the clusters of near-duplicates (`stories`: doc_id, story_id, one row per document that has one). Writes them to
-- `documents.story_id` and `duplicates`.

update documents set story_id = coalesce(stories.story_id, documents.doc_id)
from (select documents.doc_id, stories.story_id from documents left join stories using (doc_id)) as stories
where stories.doc_id = documents.doc_id and documents.story_id <> coalesce(stories.story_id, documents.doc_id);

delete from duplicates where kind = 'near';

insert into duplicates by name
select
    documents.doc_id,
    documents.uri as record_uri,
    documents.record_no,
    documents.source_id,
    'near' as kind,
    stories.story_id as duplicate_of,
    coalesce(list_avg([(pair[1] = pair[2])::integer for pair in list_zip(one.signature, other.signature)]), 0) as similarity,
    documents.url,
    documents.run_id,
from stories
join documents using (doc_id)
join signatures as one on one.doc_id = stories.doc_id
join signatures as other on other.doc_id = stories.story_id
where stories.doc_id <> stories.story_id;
