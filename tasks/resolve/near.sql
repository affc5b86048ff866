-- Pairs of documents whose signatures agree in a band of four places (locality-sensitive hashing, Indyk and Motwani 1998)
-- and in at least half of all places. Each document is compared with the smallest id of its band, not with all of them:
-- the work grows linearly with the documents, and does not depend on their order.
-- Reads `signatures`; makes `scratch.near_pairs` (doc_id, first_id, similarity).
create or replace table scratch.near_pairs as
with bands as (
    select doc_id, band_no, hash(signature[band_no * 4 + 1 : band_no * 4 + 4]) as band
    from signatures
    cross join range(32) as numbers(band_no)
),
buckets as (
    select doc_id, band_no, band, min(doc_id) over (partition by band_no, band) as first_id from bands
),
candidates as (
    select distinct doc_id, first_id from buckets where doc_id <> first_id
),
pairs as (
    select
        candidates.doc_id,
        candidates.first_id,
        list_avg([(pair[1] = pair[2])::integer for pair in list_zip(one.signature, other.signature)]) as similarity,
    from candidates
    join signatures as one on one.doc_id = candidates.doc_id
    join signatures as other on other.doc_id = candidates.first_id
)
select * from pairs where similarity >= 0.5;
