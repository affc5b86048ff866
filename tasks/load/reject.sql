-- Bring `rejections` up to date: rows of `turned_away` come in or are renewed, places read again with success go.

create or replace temp table renewed as
select
    turned_away.uri,
    turned_away.record_no,
    any_value(turned_away.doc_id) as doc_id,
    any_value(turned_away.source_id) as source_id,
    any_value(turned_away.outcome) as outcome,
    any_value(turned_away.stage) as stage,
    any_value(turned_away.reason) as reason,
    any_value(turned_away.detail) as detail,
    -- a refused run that is published after all tries once
    coalesce(any_value(tried.attempts) - any_value((tried.run_id = $run_id)::integer), 0) + 1 as attempts,
    $recipe as recipe,
    $run_id as run_id,
    coalesce(any_value(tried.first_rejected_at), $rejected_at) as first_rejected_at,
    $rejected_at as rejected_at,
from turned_away
left join tried using (uri, record_no)
group by turned_away.uri, turned_away.record_no;

delete from rejections
where exists (select 1 from retired where retired.uri = rejections.uri and retired.record_no = rejections.record_no);

insert or replace into rejections by name
select * from renewed;
