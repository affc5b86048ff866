-- One row per document, the latest first; reads documents, sources and lines.
with removed as (
    select doc_id, sum(length(line)) as count_chars, 1 - sum(length(line)) filter (is_kept) / sum(length(line)) as share_removed
    from lines
    group by doc_id
)
select
    documents.doc_id, documents.title, documents.uri, documents.source_id, sources.name as source, published_on as published, authors, agency,
    count_words as words, count_chars, share_removed, is_truncated, story_id,
from documents
join sources using (source_id)
left join removed using (doc_id)
order by published_on desc nulls last, title, doc_id;
