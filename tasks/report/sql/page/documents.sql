-- One row per document, the latest first; reads documents and sources.
select published_on as published, sources.name as source, title, authors, agency, count_words as words, count_lines_removed as "lines removed"
from documents
join sources using (source_id)
order by published_on desc nulls last, title
limit 50;
