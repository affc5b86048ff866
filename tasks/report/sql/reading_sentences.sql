-- Where the sentences of some documents start; reads sentences.
select doc_id, 'sentence-' || sentence_no as anchor, raw_start, raw_end from sentences where doc_id in (select unnest(string_split($doc_ids, ' '))) order by doc_id, sentence_no;
