-- The dates one document speaks of.
select surface, timex, starts_on, last_on, granularity, anchor from dates where doc_id = $doc_id order by date_no;
