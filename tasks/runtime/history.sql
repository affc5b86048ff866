-- Reads the rows of runs that did not publish (`earlier_runs`, `earlier_checks`, `earlier_rejections`); adds them to `runs`,
-- `checks` and `rejections`. A rejection is added only while nothing newer is known of its place.
insert into runs by name
select * from earlier_runs;

insert into checks by name
select * from earlier_checks
on conflict do nothing;

insert or replace into rejections by name
select earlier_rejections.* from earlier_rejections
anti join documents using (uri, record_no)
left join rejections using (uri, record_no)
where rejections.rejected_at is null or rejections.rejected_at < earlier_rejections.rejected_at
qualify row_number() over (partition by earlier_rejections.uri, earlier_rejections.record_no order by earlier_rejections.rejected_at desc) = 1;
