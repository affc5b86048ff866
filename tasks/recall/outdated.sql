-- Reads the tables of the published file. Makes `scratch.recalled`: one row per document that an older recipe made, with
-- `is_stripped_again`: its raw text is stripped again, else only its facts are found again.
-- Not stripped again are pages that were read as markup: `lines` holds what a page shows, and without the markup around it
-- the article is found less well; nor those that another version of `read` decoded. Their recipe_strip stays the older one.
create or replace table scratch.recalled as
with from_markup as (
    select distinct doc_id from published.evidence
    where method in (
        'heading',
        'html_lang',
        'json_ld',
        'link',
        'meta_tag',
        'microdata',
        'rel',
        'time_tag',
        'title_tag',
        'trafilatura',
        'weak_meta',
    )
),
judged as (
    select
        documents.doc_id,
        documents.uri,
        documents.record_no,
        documents.run_id,
        documents.recipe_strip,
        length(documents.text) as count_characters,
        from_markup.doc_id is null
        and documents.recipe_strip <> $recipe_strip
        -- the version of read stands before the first dot
        and split_part(documents.recipe_strip, '.', 1) = split_part($recipe_strip, '.', 1) as is_stripped_again,
        documents.recipe_extract <> $recipe_extract as is_extracted_again,
    from published.documents
    left join from_markup using (doc_id)
),
outdated as (
    select * exclude (is_extracted_again) from judged where is_stripped_again or is_extracted_again
)
select * from outdated;
