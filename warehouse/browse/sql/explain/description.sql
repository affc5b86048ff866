-- The description of one document; reads documents.
select
    title, subtitle, authors, published_on, published_at, published_method, published_confidence, updated_at, source_id, url,
    language, encoding, agency, count_words, count_lines_removed, is_truncated, story_id,
from documents
where doc_id = $doc_id;
