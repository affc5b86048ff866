-- Reads the publishers met on pages (`shard_new_sources`); adds to `sources` those not known yet, and the one for pages that
-- name none.
insert into sources by name
with met as (
    select
        source_id,
        any_value(name) as name,
        any_value(domain) as domain,
        any_value(country) as country,
        any_value(language) as language,
        any_value(time_zone) as time_zone,
        false as is_listed,
    from shard_new_sources
    where source_id <> 'unknown'
    group by source_id
),
unknown as (
    select
        'unknown' as source_id,
        'not named' as name,
        null as domain,
        null as country,
        null as language,
        null as time_zone,
        false as is_listed,
),
new_sources as (
    select * from met
    union all by name
    select * from unknown
)
select * from new_sources
on conflict do nothing;
