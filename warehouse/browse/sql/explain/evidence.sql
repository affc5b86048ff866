-- The candidates for the description of one document; reads evidence.
select field, value, method, confidence, line_no, is_chosen from evidence where doc_id = $doc_id order by field, confidence desc;
