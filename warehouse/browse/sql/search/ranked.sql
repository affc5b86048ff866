-- The documents that match `$words`, best first: all of them when `$is_all`, else any. Reads the index.
select doc_id, score
from (
    select doc_id, fts_main_texts.match_bm25(doc_id, $words, conjunctive := $is_all) as score
    from texts
) as scored
where score is not null
order by score desc, doc_id;
