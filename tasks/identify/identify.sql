-- Reads the records of the run (`incoming_records`), what is known of earlier ones (`known_documents`, `known_duplicates`,
-- `known_rejections`, `known_lines`, `known_runs`), the documents taken out for good (`known_forgotten`) and the places of a
-- retry (`retried`). One row per record of the run: its status before its content is judged.
-- unchanged: met before with the same bytes, at the same place, under the same recipe; or forgotten, wherever it is met.
-- duplicate: another record has, or
-- will have, the document of its bytes. stripped: its document was stripped under the same recipe, so that only its facts are
-- found again. fresh: to be processed. is_counted: its lines are already in line_counts.
-- What a later run made of a place stands. Not current, so that the record is processed again: what this very run made of
-- a place when it was refused, a rejection of a retry, and a quarantine by a run that did not publish, since the gate that
-- refused the documents once would let them pass the second time.
with unpublished as (
    select run_id from known_runs where state in ('refused', 'failed')
),
places as (
    select
        doc_id, uri, record_no, 'documents' as place,
        run_id > $run_id or (recipe_strip = $recipe_strip and recipe_extract = $recipe_extract) as is_current,
        doc_id as duplicate_of,
        recipe_strip = $recipe_strip as is_stripped,
    from known_documents
    union all by name
    select doc_id, record_uri as uri, record_no, 'duplicates' as place, true as is_current, duplicate_of
    from known_duplicates
    where kind in ('exact', 'version')
    union all by name
    select
        doc_id, uri, record_no, 'rejections' as place,
        (run_id > $run_id or (recipe = $recipe and run_id <> $run_id))
        and (uri, record_no) not in (select (uri, record_no) from retried)
        and not (outcome = 'quarantined' and run_id in (select run_id from unpublished)) as is_current,
        null as duplicate_of,
    from known_rejections
),
same_place as (
    select doc_id, uri, record_no, bool_or(is_current) as is_current, coalesce(bool_or(is_stripped), false) as is_stripped
    from places
    group by all
),
same_bytes as (
    select doc_id, min(duplicate_of) as duplicate_of from places where place <> 'rejections' group by all
),
met as (
    select
        incoming_records.*,
        same_place.doc_id is not null as is_same_place,
        coalesce(same_place.is_current, false) as is_current,
        coalesce(same_place.is_stripped, false) as is_stripped,
        same_bytes.duplicate_of,
        row_number() over (
            partition by incoming_records.doc_id
            order by same_place.doc_id is null, incoming_records.uri, incoming_records.record_no
        ) as occurrence,
    from incoming_records
    left join same_place using (doc_id, uri, record_no)
    left join same_bytes on same_bytes.doc_id = incoming_records.doc_id
),
counted as (
    select distinct doc_id from known_lines
),
record_status as (
    select
        met.uri, met.record_no, met.doc_id, met.reason, met.detail,
        case
            when forgotten.doc_id is not null or met.is_current then 'unchanged'
            when met.reason is not null then 'fresh'
            when met.duplicate_of is not null and not met.is_same_place then 'duplicate'
            when met.occurrence > 1 then 'duplicate'
            when met.is_stripped then 'stripped'
            else 'fresh'
        end as status,
        coalesce(met.duplicate_of, met.doc_id) as duplicate_of,
        counted.doc_id is not null as is_counted,
    from met
    left join counted on counted.doc_id = met.doc_id
    left join known_forgotten as forgotten on forgotten.doc_id = met.doc_id
)
select * from record_status;
