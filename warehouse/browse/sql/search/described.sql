-- One row per document of `$ids`: what a result shows of it. Reads documents and sources.
select
    documents.doc_id,
    documents.uri,
    documents.url,
    documents.title,
    documents.published_on,
    coalesce(sources.name, documents.source_id) as source,
from documents
left join sources using (source_id)
where documents.doc_id in (select unnest($ids));
