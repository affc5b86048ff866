-- Reads `inputs`, `documents` and `rejections` after the merge. An input that was read and stripped under the present recipe of
-- strip, and of which no record is left that an older recipe of extract made, need not be read again: its recipe becomes the
-- present one. What read and strip rejected does not depend on the recipe of extract.
update inputs set recipe = $recipe
where recipe <> $recipe
    and split_part(recipe, '/', 1) = $recipe_strip
    and input_uri not in (
        select regexp_replace(uri, '(\.zip)!/.*', '\1', 'i')
        from documents
        where recipe_strip || '/' || recipe_extract <> $recipe
        union
        select regexp_replace(uri, '(\.zip)!/.*', '\1', 'i')
        from rejections
        where recipe <> $recipe
            and not (stage in ('read', 'strip') and split_part(recipe, '/', 1) = $recipe_strip)
    );
