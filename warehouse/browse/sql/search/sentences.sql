-- The sentences of the documents `$ids`, in order. Reads sentences.
select doc_id, sentence_no, surface from sentences
where doc_id in (select unnest($ids))
order by doc_id, sentence_no;
