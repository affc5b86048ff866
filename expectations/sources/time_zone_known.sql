-- name: time_zone_known
-- severity: warning
-- scope: run
-- sentence: Every time zone in sources.csv exists.
-- id: source_id
with zones as (
    select name as time_zone from pg_timezone_names()
),

faults as (
    select source_id, format('time zone "{}"', time_zone) as detail,
    from sources
    anti join zones using (time_zone)
    where time_zone is not null
)

select * from faults
