-- One row: what the warehouse holds.
select
    (select count(*) from documents) as documents,
    (select count(distinct story_id) from documents) as stories,
    (select count(distinct source_id) from documents) as sources,
    (select coalesce(sum(count_words), 0)::bigint from documents) as words,
    (select count(*) from entities) as entities,
    (select count(*) from mentions) as mentions,
    (select count(*) from dates) as dates,
    (select count(*) from figures) as figures,
    (select count(*) from quotes) as quotes,
    (select count(*) from rejections) as "turned away",
    (select min(published_on) from documents) as first_on,
    (select max(published_on) from documents) as last_on;
