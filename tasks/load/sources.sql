-- Sources met on pages and not known yet, and the one for pages that name none.
insert into sources by name
select * from (
    select source_id, any_value(name) as name, any_value(domain) as domain, any_value(country) as country,
        any_value(language) as language, any_value(time_zone) as time_zone, false as is_listed
    from shard_new_sources
    where source_id <> 'unknown'
    group by source_id
    union all by name
    select 'unknown' as source_id, 'not named' as name, null as domain, null as country, null as language, null as time_zone, false as is_listed
)
on conflict do nothing;
