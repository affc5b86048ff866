-- Pairs of near copies: texts with a band in common (locality-sensitive hashing, Indyk and Motwani 1998) whose pairs of words
-- agree. Texts of one form with other names and numbers (the results of two days of a race) are no copies: their names differ more
-- than their other words, while in a copy any word may differ. Each document of `scratch.compared_documents` is compared with
-- the whole warehouse by one join on the hash of the band; the pairs do not depend on the order of the documents.
-- Reads `scratch.compared_documents`, bands and documents; makes `scratch.near_pairs` (doc_id, other_id).
create or replace table scratch.candidates as
select distinct compared.doc_id, bands.doc_id as other_id
from (select * from bands semi join scratch.compared_documents using (doc_id)) as compared
inner join bands on bands.band = compared.band
where compared.doc_id <> bands.doc_id
    -- two compared documents meet once
    and (compared.doc_id < bands.doc_id or bands.doc_id not in (select doc_id from scratch.compared_documents));

create or replace table scratch.compared_texts as
select
    doc_id,
    word_pairs(text) as pairs,
    word_pairs_in_order(text) as pairs_in_order,
    names_and_numbers(text) as names,
    plain_words(text) as plain,
    hash(text) as text_hash,
from documents
where doc_id in (select doc_id from scratch.candidates union select other_id from scratch.candidates);

create or replace table scratch.near_pairs as
with measured as (
    select
        candidates.*,
        one.text_hash = other.text_hash as is_equal,
        least(len(one.pairs), len(other.pairs)) as count_pairs,
        likeness(one.pairs, other.pairs) as likeness,
        share_of_shorter(one.pairs, other.pairs) as share,
        -- of two short texts, how much stands together that the other has not: they may share a long line of the site alone
        if(
            count_pairs < 60,
            greatest(longest_own_run(one.pairs_in_order, other.pairs), longest_own_run(other.pairs_in_order, one.pairs)),
            0
        ) as own_run,
        share_of_shorter(one.plain, other.plain) - share_of_shorter(one.names, other.names) as names_lost,
    from scratch.candidates as candidates
    inner join scratch.compared_texts as one on one.doc_id = candidates.doc_id
    inner join scratch.compared_texts as other on other.doc_id = candidates.other_id
),
pairs as (
    select doc_id, other_id
    from measured
    where is_equal
        -- nearly all words in common
        or likeness >= 0.85
        -- one word in five differs, or a part was cut off or added; of very short texts chance alone leaves as much
        or (likeness >= 0.32 and count_pairs >= 12 or share >= 0.85 and count_pairs >= 40)
            and (own_run <= 0.34 or share >= 0.85)
            and names_lost <= 0.17
)
select * from pairs;
