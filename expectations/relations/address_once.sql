-- name: address_once
-- severity: warning
-- scope: run
-- sentence: Of several texts of one address, only the newest is published.
-- id: doc_id
with repeated as (
    select url
    from documents
    where url is not null
    group by url
    having count(*) > 1
),

faults as (
    select doc_id, url as detail,
    from documents
    semi join repeated using (url)
)

select * from faults
