-- After the old rows of re-read documents are gone: the new ones.

insert into lines by name
select * from shard_lines semi join fresh on fresh.doc_id = shard_lines.doc_id;

insert into evidence by name
select * from shard_evidence semi join fresh on fresh.doc_id = shard_evidence.doc_id;

insert into documents by name
select *, doc_id as story_id, $run_id as run_id, $recipe_extract as recipe_extract from extracted;

-- records turned away by read, strip or extract, and those with the same bytes as one that was
create or replace temp table turned_away as
with steps as (
    select uri, record_no, doc_id, null::text as source_id, 'read' as stage, reason, detail
    from fates
    where fate = 'fresh' and reason is not null
    union all by name
    select uri, record_no, doc_id, source_id, stage, reason, detail
    from shard_strip_rejected
    semi join fresh on fresh.doc_id = shard_strip_rejected.doc_id
    union all by name
    select uri, record_no, doc_id, source_id, stage, reason, detail
    from shard_extract_rejected
    semi join fresh on fresh.doc_id = shard_extract_rejected.doc_id
),
same_bytes as (
    select fates.uri, fates.record_no, fates.doc_id, steps.source_id, steps.stage, steps.reason, steps.detail
    from fates
    join steps on steps.doc_id = fates.duplicate_of and fates.fate = 'duplicate'
),
turned_away as (
    select * from steps
    union all by name
    select * from same_bytes
)
select *, 'rejected' as outcome from turned_away;

insert into duplicates by name
select
    fates.doc_id,
    fates.uri as record_uri,
    fates.record_no,
    documents.source_id,
    'exact' as kind,
    fates.duplicate_of,
    1.0 as similarity,
    documents.url,
    $run_id as run_id,
from fates
join documents on documents.doc_id = fates.duplicate_of
where fates.fate = 'duplicate'
on conflict do nothing;

-- the record's place was read again: what was said of it before no longer holds, unless it is turned away again
create or replace temp table retired as
select uri, record_no from fates where fate in ('fresh', 'duplicate');

insert or replace into inputs by name
select * from run_inputs;

insert into line_counts by name
with counts as (
    select shard_record_lines.source_key, shard_record_lines.line_key, count(distinct shard_record_lines.doc_id)::integer as count_documents
    from shard_record_lines
    semi join uncounted on uncounted.doc_id = shard_record_lines.doc_id
    group by all
)
select * from counts
on conflict do update set count_documents = line_counts.count_documents + excluded.count_documents;
