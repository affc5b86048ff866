-- name: stories_agree
-- severity: critical
-- scope: run
-- sentence: Documents of the same story carry the smallest doc_id among them as their story_id.
-- id: doc_id
with stories as (
    select story_id, min(doc_id) as first_doc_id,
    from documents
    group by story_id
),

faults as (
    select first_doc_id as doc_id, format('story {}', story_id) as detail,
    from stories
    where story_id <> first_doc_id
)

select * from faults
