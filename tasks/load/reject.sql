-- Brings `rejections` up to date. Reads `scratch.rejected_records` (uri, record_no, doc_id, source_id, outcome, stage, reason,
-- detail), `scratch.reread_places` (uri, record_no) and `scratch.earlier_attempts`. Removes the rejections of places that were
-- read again, and adds or replaces those of rejected records.

delete from rejections
where exists (
    select 1 from scratch.reread_places as reread
    where reread.uri = rejections.uri and reread.record_no = rejections.record_no
);

insert or replace into rejections by name
with renewed as (
    select
        rejected.uri,
        rejected.record_no,
        any_value(rejected.doc_id) as doc_id,
        any_value(rejected.source_id) as source_id,
        any_value(rejected.outcome) as outcome,
        any_value(rejected.stage) as stage,
        any_value(rejected.reason) as reason,
        any_value(rejected.detail) as detail,
        -- a refused run that is published later counts as one attempt
        coalesce(any_value(earlier.attempts) - any_value((earlier.run_id = $run_id)::integer), 0) + 1 as attempts,
        $recipe as recipe,
        $run_id as run_id,
        coalesce(any_value(earlier.first_rejected_at), $rejected_at) as first_rejected_at,
        $rejected_at as rejected_at,
    from scratch.rejected_records as rejected
    left join scratch.earlier_attempts as earlier using (uri, record_no)
    group by rejected.uri, rejected.record_no
)
select * from renewed;
