-- One row per document that a run published, with its counts of facts. Reads documents, sources and the tables of facts.
with named as (
    select doc_id, count(distinct entity_id) as count_entities from mentions where not is_demonym group by all
),
dated as (
    select doc_id, count(*) as count_dates from dates group by all
),
numbered as (
    select doc_id, count(*) as count_figures from figures group by all
),
quoted as (
    select doc_id, count(*) as count_quotes from quotes group by all
),
shown as (
    select
        documents.doc_id,
        documents.uri,
        documents.record_no,
        coalesce(documents.title, '(no title)') as title,
        documents.published_on,
        documents.published_method,
        sources.name as source,
        documents.language,
        documents.count_words,
        documents.count_lines_removed,
        documents.is_truncated,
        coalesce(named.count_entities, 0) as count_entities,
        coalesce(dated.count_dates, 0) as count_dates,
        coalesce(numbered.count_figures, 0) as count_figures,
        coalesce(quoted.count_quotes, 0) as count_quotes,
    from documents
    join sources using (source_id)
    left join named using (doc_id)
    left join dated using (doc_id)
    left join numbered using (doc_id)
    left join quoted using (doc_id)
    where documents.run_id = $run_id
    order by documents.uri, documents.record_no
)
select * from shown;
