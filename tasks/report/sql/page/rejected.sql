-- One row per outcome and reason of the records that a run rejected; reads rejections.
select outcome, reason, count(*) as count_records from rejections where run_id = $run_id group by all order by count_records desc, reason, outcome;
