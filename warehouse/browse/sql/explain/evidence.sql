-- What the description of one document was chosen from.
select field, value, method, confidence, line_no, is_chosen from evidence where doc_id = $doc_id order by field, confidence desc;
