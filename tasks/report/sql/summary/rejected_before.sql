-- One row: how many records that another run rejected or quarantined are not published to this day. Reads rejections.
select count(*) as count_records from rejections where run_id <> $run_id;
