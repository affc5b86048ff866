-- Makes the functions by which texts are compared: the pairs of long words in a row, the names and numbers, the other long
-- words, and how much two lists have in common.
create or replace temp macro word_pairs_in_order(text) as (
    with cut as (select regexp_extract_all(lower(text), '[\p{L}\p{N}]{4,}') as words)
    select list_transform(list_zip(words[:-2], words[2:]), lambda pair: hash(pair)) from cut
);

create or replace temp macro word_pairs(text) as list_distinct(word_pairs_in_order(text));

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

-- The longest run of one list in order that has nothing of the other list, as a share of the first.
create or replace temp macro longest_own_run(one, other) as (
    with shared as (
        select list_filter(range(1, len(one) + 1), lambda place: list_contains(other, one[place])) as places
    )
    select list_max(list_transform(
        list_zip([0] || places, places || [len(one) + 1]), lambda ends: ends[2] - ends[1] - 1
    )) / nullif(len(one), 0)
    from shared
);
