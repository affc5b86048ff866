-- Reads the clusters of near copies (`scratch.stories`: doc_id, story_id, one row per document that has one) and
-- `scratch.compared_documents`. Writes them to `documents.story_id` and `duplicates`.

update documents set story_id = renewed.story_id
from (
    select documents.doc_id, coalesce(stories.story_id, documents.doc_id) as story_id
    from documents
    left join scratch.stories as stories using (doc_id)
) as renewed
where renewed.doc_id = documents.doc_id and documents.story_id <> renewed.story_id;

-- a row of two documents that were compared before stays as it is
delete from duplicates
where kind = 'near'
    and (
        doc_id in (select doc_id from scratch.compared_documents)
        or duplicate_of in (select doc_id from scratch.compared_documents)
        or not exists (
            select 1 from scratch.stories as stories
            where stories.doc_id = duplicates.doc_id and stories.story_id = duplicates.duplicate_of
        )
    );

insert into duplicates by name
select
    documents.doc_id,
    documents.uri as record_uri,
    documents.record_no,
    documents.source_id,
    'near' as kind,
    stories.story_id as duplicate_of,
    case
        when documents.text = first.text then 1 else likeness(word_pairs(documents.text), word_pairs(first.text))
    end as similarity,
    documents.url,
    documents.run_id,
from scratch.stories as stories
inner join documents using (doc_id)
inner join documents as first on first.doc_id = stories.story_id
anti join (select doc_id from duplicates where kind = 'near') as kept on kept.doc_id = stories.doc_id
where stories.doc_id <> stories.story_id;
