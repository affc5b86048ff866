-- One row per acceptance that still holds on a day (`$on`) and names every row that failed, the latest first. Reads checks.
with acceptances as (
    select suite, check_name, source_id, failing_ids, accepted_by, accepted_at, accepted_because, accepted_until,
    from checks
    where accepted_until >= $on
        and not success
        and count_unexpected = len(failing_ids)
        and count_unexpected > 0
    order by accepted_at desc, checked_at desc
)
select * from acceptances;
