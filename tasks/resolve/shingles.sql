-- Makes the functions by which texts are compared: the pairs of long words in a row, the names and numbers, the other long
-- words, and how much two lists have in common.
create or replace temp macro word_pairs(text) as (
    with cut as (select regexp_extract_all(lower(text), '[\p{L}\p{N}]{4,}') as words)
    select list_distinct(list_transform(list_zip(words[:-2], words[2:]), lambda pair: hash(pair))) from cut
);

create or replace temp macro names_and_numbers(text) as
    list_distinct(regexp_extract_all(text, '(?:^|[^\p{L}\p{N}])([\p{Lu}\p{N}][\p{L}\p{N}]*)', 1));

create or replace temp macro plain_words(text) as
    list_distinct(regexp_extract_all(text, '(?:^|[^\p{L}\p{N}])(\p{Ll}[\p{L}\p{N}]{3,})', 1));

-- Jaccard's index, from 0 to 1; of two empty lists 0.
create or replace temp macro likeness(one, other) as
    coalesce(len(list_intersect(one, other)) / nullif(len(one) + len(other) - len(list_intersect(one, other)), 0), 0.0);

-- The share of the shorter list that the longer one has, from 0 to 1; 1 where one is empty.
create or replace temp macro share_of_shorter(one, other) as
    coalesce(len(list_intersect(one, other)) / nullif(least(len(one), len(other)), 0), 1.0);
