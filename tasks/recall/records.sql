-- Reads `scratch.recalled_shards` and the published lines and evidence. One row per document to be stripped again, by shard:
-- its raw text, whether its record was clean, and what the record gave: `given` holds (field, value), in order.
with texts as (
    select
        lines.doc_id,
        string_agg(lines.line, '' order by lines.line_no) as content,
        bool_or(lines.reason = 'given_clean') as is_clean,
    from published.lines
    semi join scratch.recalled_shards as recalled on recalled.doc_id = lines.doc_id
    group by lines.doc_id
),
gifts as (
    select
        evidence.doc_id,
        list({'field': evidence.field, 'value': evidence.value} order by evidence.evidence_no) as given,
    from published.evidence
    semi join scratch.recalled_shards as recalled on recalled.doc_id = evidence.doc_id
    where evidence.method = 'record'
    group by evidence.doc_id
),
records as (
    select
        recalled.shard_no,
        recalled.doc_id,
        recalled.uri,
        recalled.record_no,
        texts.content,
        documents.encoding,
        texts.is_clean,
        coalesce(gifts.given, []) as given,
        documents.published_on,
        documents.published_zone,
        timezone('UTC', documents.published_at) as published_at,
    from scratch.recalled_shards as recalled
    join published.documents using (doc_id)
    join texts using (doc_id)
    left join gifts using (doc_id)
    order by recalled.shard_no, recalled.uri, recalled.record_no, recalled.doc_id
)
select * from records;
