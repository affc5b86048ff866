-- Decides what of the run is merged into the candidate. Reads `scratch.record_status`, the shards of the run (`shard_pages`,
-- `shard_lines`, `shard_strip_rejected`, `shard_extract_rejected`) and the candidate's `lines` and `rejections` as they are
-- before the merge. Makes the tables of `scratch` below, which merge, reject and screen read.

-- fresh_documents: documents of fresh records. What another run published meanwhile is unchanged or a duplicate by now.
create or replace table scratch.fresh_documents as
select distinct doc_id from scratch.record_status where status in ('fresh', 'stripped') and reason is null;

-- extracted_documents: rows of `documents` as far as the shards know them.
create or replace table scratch.extracted_documents as
select pages.* from shard_pages as pages
semi join scratch.fresh_documents as fresh on fresh.doc_id = pages.doc_id
anti join shard_extract_rejected as rejected on rejected.doc_id = pages.doc_id;

-- uncounted_documents: documents whose lines no earlier run has added to `line_counts`.
create or replace table scratch.uncounted_documents as
select distinct shard_lines.doc_id from shard_lines
semi join scratch.fresh_documents as fresh on fresh.doc_id = shard_lines.doc_id
anti join lines on lines.doc_id = shard_lines.doc_id;

-- earlier_attempts: how often each rejected record has been tried. Its rejection is removed when its place is read again,
-- before it is known whether the record is rejected again.
create or replace table scratch.earlier_attempts as
select uri, record_no, attempts, run_id, first_rejected_at from rejections;

-- reread_places: places that were read again, so that an earlier rejection of theirs no longer holds. One of a whole input
-- (record number 0) no longer holds once a record of the input, or of a member of it, was read.
create or replace table scratch.reread_places as
select uri, record_no from scratch.record_status where status in ('fresh', 'stripped', 'duplicate')
union
select unnest([uri, regexp_replace(uri, '(\.zip)!/.*', '\1', 'i')]) as uri, 0 as record_no
from scratch.record_status
where record_no > 0;

-- rejected_records: records that read, strip or extract rejected, and those with the same bytes as one of these.
create or replace table scratch.rejected_records as
with steps as (
    select uri, record_no, doc_id, null::text as source_id, 'read' as stage, reason, detail
    from scratch.record_status
    where status = 'fresh' and reason is not null
    union all by name
    select uri, record_no, doc_id, source_id, stage, reason, detail
    from shard_strip_rejected
    semi join scratch.fresh_documents as fresh on fresh.doc_id = shard_strip_rejected.doc_id
    union all by name
    select uri, record_no, doc_id, source_id, stage, reason, detail
    from shard_extract_rejected
    semi join scratch.fresh_documents as fresh on fresh.doc_id = shard_extract_rejected.doc_id
),
same_bytes as (
    select status.uri, status.record_no, status.doc_id, steps.source_id, steps.stage, steps.reason, steps.detail
    from scratch.record_status as status
    join steps on steps.doc_id = status.duplicate_of and status.status = 'duplicate'
),
rejected as (
    select * from steps
    union all by name
    select * from same_bytes
)
select *, 'rejected' as outcome from rejected;
