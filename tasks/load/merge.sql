-- Merges the run into the candidate, after the earlier rows of its documents were deleted. Reads the tables that prepare.sql
-- made in `scratch`, `scratch.record_status`, the shards (`shard_lines`, `shard_evidence`, `shard_record_lines`) and the
-- run's inputs (`run_inputs`). Adds to `lines`, `evidence`, `documents`, `duplicates`, `inputs` and `line_counts`.

insert into lines by name
select * from shard_lines semi join scratch.fresh_documents as fresh on fresh.doc_id = shard_lines.doc_id;

insert into evidence by name
select * from shard_evidence semi join scratch.fresh_documents as fresh on fresh.doc_id = shard_evidence.doc_id;

insert into documents by name
select *, doc_id as story_id, $run_id as run_id, $recipe_extract as recipe_extract from scratch.extracted_documents;

insert into duplicates by name
select
    status.doc_id,
    status.uri as record_uri,
    status.record_no,
    documents.source_id,
    'exact' as kind,
    status.duplicate_of,
    1.0 as similarity,
    documents.url,
    $run_id as run_id,
from scratch.record_status as status
join documents on documents.doc_id = status.duplicate_of
where status.status = 'duplicate'
on conflict do nothing;

insert or replace into inputs by name
select * from run_inputs;

insert into line_counts by name
with counts as (
    select
        shard_record_lines.source_key,
        shard_record_lines.line_key,
        count(distinct shard_record_lines.doc_id)::integer as count_documents,
    from shard_record_lines
    semi join scratch.uncounted_documents as uncounted on uncounted.doc_id = shard_record_lines.doc_id
    group by all
)
select * from counts
on conflict do update set count_documents = line_counts.count_documents + excluded.count_documents;
