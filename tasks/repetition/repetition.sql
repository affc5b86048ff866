-- Reads the lines of the run's records (`incoming_lines`), the status of the records (`record_status`) and the counts of
-- earlier runs (`known_counts`). One row per line that stands in more than one document of its source: source_key, line_key,
-- share of the source's documents. Line key 0 counts the documents themselves.
with fresh_lines as (
    select incoming_lines.source_key, incoming_lines.line_key, count(*) as count_documents
    from incoming_lines
    semi join record_status on record_status.doc_id = incoming_lines.doc_id and record_status.uri = incoming_lines.uri
        and record_status.record_no = incoming_lines.record_no
        and record_status.status = 'fresh' and not record_status.is_counted
    group by all
),
totals as (
    select source_key, line_key, sum(count_documents) as count_documents
    from (select * from fresh_lines union all by name select source_key, line_key, count_documents from known_counts)
    group by all
),
sources as (
    select source_key, count_documents from totals where line_key = 0 and count_documents >= $least_documents
),
repeated as (
    select totals.source_key, totals.line_key, totals.count_documents / sources.count_documents as share
    from totals
    join sources using (source_key)
    where totals.line_key <> 0 and totals.count_documents > 1
)
select * from repeated;
