-- The lines of some documents in order; reads lines.
select doc_id, line, raw_start, raw_end, kind, is_kept, reason, score from lines where doc_id in (select unnest(string_split($doc_ids, ' '))) order by doc_id, line_no;
