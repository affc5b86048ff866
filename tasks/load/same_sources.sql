-- Reads `sources`; a publisher known by its name alone whose name, or whose name without spaces, is that of exactly one publisher with
-- a domain (or the first label of that domain) is the same one. Gives its `documents`, `duplicates` and `rejections` to the
-- publisher with the domain and deletes it.
create or replace temporary table same_sources as
with keyed as (
    select
        source_id,
        domain is not null as has_domain,
        regexp_replace(lower(strip_accents(name)), '[^\p{L}\p{N}]', '', 'g') as name_key,
        replace(split_part(domain, '.', 1), '-', '') as label,
    from sources
    where source_id <> 'unknown'
),

same as (
    select named.source_id, any_value(hosted.source_id) as same_id,
    from keyed as named
    join keyed as hosted on hosted.has_domain and named.name_key in (hosted.name_key, hosted.label)
    where not named.has_domain and named.name_key <> ''
    group by named.source_id
    having count(distinct hosted.source_id) = 1
)

select * from same;

update documents set source_id = same_id from same_sources where documents.source_id = same_sources.source_id;
update duplicates set source_id = same_id from same_sources where duplicates.source_id = same_sources.source_id;
update rejections set source_id = same_id from same_sources where rejections.source_id = same_sources.source_id;
delete from sources where source_id in (select source_id from same_sources);
drop table same_sources;
