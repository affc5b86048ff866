-- One row: how much the warehouse holds, facts left out. Reads documents, entities, lines and rejections.
select
    (select count(*) from documents) as documents,
    (select count(distinct story_id) from documents) as stories,
    (select count(distinct source_id) from documents) as sources,
    (select coalesce(sum(count_words), 0)::bigint from documents) as words,
    (select count(*) from entities) as entities,
    (select count(*) from rejections) as rejections,
    (select min(published_on) from documents) as first_on,
    (select max(published_on) from documents) as last_on,
    (select count(*) from lines where kind <> 'blank' and doc_id in (select doc_id from documents)) as lines_read,
    (select count(*) from lines where is_kept and kind <> 'blank' and doc_id in (select doc_id from documents)) as lines_kept;
