-- One row per two statements of two sources on one question that cannot both be right: how many or how much of one thing, who
-- holds an office, when a thing was created, opened or first met. Statements answer one question when their topics agree
-- (figures.question and the columns after it, dates.question, roles.office) and the thing is one: the same entity, the same
-- name, or things of one kind in documents on one event. Copies of one story make one row.
-- Reads figures, dates, roles, mentions, entities, sentences and documents.
create or replace view v_disagreements as
with counted_documents as (
    select count(*) as count_documents from documents
),
figure_statements as (
    select
        figures.doc_id,
        figures.sentence_no,
        figures.question,
        coalesce(figures.aspect, figures.currency, '') as aspect,
        figures.thing,
        figures.thing_kind,
        named.entity_id as thing_id,
        figures.thing_start,
        thing_dates.starts_on as thing_first_on,
        thing_dates.last_on as thing_last_on,
        lower(place.surface) as thing_place,
        figures.state,
        -- a range by its ends
        array_to_string(list_transform(
            if(figures.qualifier = 'between', [figures.low, figures.high], [figures.value]),
            lambda number: if(number = round(number), number::decimal(38, 0)::text, number::text)
        ), '–') as answer,
        figures.value,
        -- a rounded number stands for all that rounds to it: half of its last digit that is no zero, a fortieth at most
        case
            when figures.qualifier = 'about' then abs(figures.value) / 10
            else least(abs(figures.value) / 40, 0.5 * 10 ** length(regexp_extract(round(abs(figures.value))::text, '(0*)(\.0)?$', 1)))
        end as reach,
        case
            when figures.qualifier in ('less_than', 'at_most') then '-infinity'::double
            else coalesce(figures.low, figures.value - reach)
        end as least,
        case
            when figures.qualifier in ('more_than', 'at_least') then 'infinity'::double
            else coalesce(figures.high, figures.value + reach)
        end as most,
    from figures
    left join mentions as named on named.doc_id = figures.doc_id and named.mention_no = figures.thing_mention_no
    left join mentions as place on place.doc_id = figures.doc_id and place.mention_no = figures.thing_place_no
    left join dates as thing_dates on thing_dates.doc_id = figures.doc_id and thing_dates.date_no = figures.thing_date_no
    where figures.question is not null
        -- some of those that another figure counts, and what was once, contradict nothing
        and coalesce(figures.state not in ('part', 'former'), true)
),
date_statements as (
    select
        dates.doc_id,
        dates.sentence_no,
        dates.question,
        '' as aspect,
        dates.thing,
        dates.thing_kind,
        named.entity_id as thing_id,
        null::integer as thing_start,
        dates.state,
        case dates.granularity
            when 'year' then strftime(dates.starts_on, '%Y')
            when 'month' then strftime(dates.starts_on, '%Y-%m')
            else dates.starts_on::text
        end as answer,
        dates.starts_on - date '1900-01-01' as value,
        null::double as reach,
        value::double as least,
        (dates.last_on - date '1900-01-01')::double as most,
    from dates
    left join mentions as named on named.doc_id = dates.doc_id and named.mention_no = dates.thing_mention_no
    where dates.question is not null and dates.starts_on is not null and dates.last_on is not null
),
office_statements as (
    select
        roles.doc_id,
        roles.sentence_no,
        'office' as question,
        roles.office as aspect,
        roles.organisation as thing,
        null::text as thing_kind,
        roles.organisation_entity_id as thing_id,
        null::integer as thing_start,
        if(roles.is_new, 'revised', null) as state,
        coalesce(people.name, roles.name) as answer,
        null::double as value,
        null::double as reach,
        -- two people are two numbers
        hash(roles.entity_id)::double as least,
        least as most,
    from roles
    inner join entities as people on people.entity_id = roles.entity_id
    -- null for a role that several people may hold, also under the same words
    where roles.is_new is not null and roles.organisation is not null and not roles.is_former
),
statements as (
    select * from figure_statements
    union all by name
    select * from date_statements
    union all by name
    select * from office_statements
),
single as (
    -- where one document gives several values for a question it is more than one question
    select
        statements.*,
        state is not distinct from 'expected' as is_expected,
        lower(thing) as thing_name,
        question in (
            'count_arrested', 'count_dead', 'count_evacuated', 'count_hit', 'count_ill', 'count_injured', 'count_missing'
        ) as is_toll,
        coalesce(thing_kind not in ('group', 'project', 'show', 'outbreak'), false) as is_one_time,
        documents.story_id,
        documents.source_id,
        documents.published_on,
        documents.published_at,
        (documents.published_on - date '1900-01-01') // 8 as week,
    from statements
    inner join documents using (doc_id)
    where documents.published_on is not null
        -- what stays true for long is compared without a day of publication too
        or question in (
            'created', 'first_met', 'opened', 'count_members', 'count_employees', 'count_inhabitants', 'count_countries'
        )
    window same as (
        partition by statements.doc_id, question, aspect, coalesce(thing_id, thing_kind, lower(thing)), state is not distinct from 'expected'
    )
    qualify max(least) over same <= min(most) over same
        -- the most precise of those that agree
        and row_number() over (same order by most - least, sentence_no) = 1
),
distinct_statements as (
    -- keeps the first of the statements that one source repeats about a named thing within a week: the number of pairs is bounded
    select *
    from single
    qualify thing_id is null
        or source_id = 'unknown'
        or row_number() over (
            partition by
                question, aspect, is_expected, thing_id, thing_name, thing_kind, thing_place, thing_first_on, thing_last_on,
                answer, least, most, state, source_id, week
            order by published_on, published_at, doc_id
        ) = 1
),
counted_sentences as (
    -- what is counted by its noun alone is compared where sentences have six in ten words in common: the least of the hashed
    -- words is then the same with that probability (MinHash, Broder 1997), so that one of four is in 97 of 100
    select
        doc_id,
        sentence_no,
        list_transform(range(4), lambda number:
            ' words ' || number || ' ' || list_min(list_transform(
                regexp_extract_all(lower(surface), '\p{L}{6,}'), lambda word: hash(left(word, 6), number)
            ))
        ) as word_keys,
    from sentences
    where (doc_id, sentence_no) in (select (doc_id, sentence_no) from distinct_statements where question = 'count_things')
),
timed as (
    -- the time of a statement is compared with, and for what is counted by its noun the words of its sentence
    select
        distinct_statements.*,
        case
            when question = 'count_things' then coalesce(word_keys, [])
            when value is not null and reach is not null then ['']
            else []
        end as time_keys,
    from distinct_statements
    left join counted_sentences using (doc_id, sentence_no)
),
all_keyed as (
    -- what two statements must have in common to be compared: the entity, a name of several words, a word of a name, or the time
    select
        timed.*,
        unnest(list_filter(
            if(question = 'count_things', [], [
                'entity ' || thing_id,
                if(contains(thing_name, ' ') or thing_id is not null or question = 'office', 'name ' || thing_name, null),
                if(thing_id is not null, 'head ' || nullif(regexp_extract(thing_name, '^\p{L}{4,}'), ''), null),
                if(thing_id is not null or contains(thing_name, ' '), 'tail ' || nullif(regexp_extract(thing_name, '\p{L}{4,}$'), ''), null),
            ]) || list_transform(time_keys, lambda time_key: 'week ' || week || time_key),
            lambda key: key is not null
        )) as key,
    from timed
),
keyed as (
    -- drops keys that more statements than this have in common: they do not show that two statements are about one thing
    select *
    from all_keyed
    qualify count(*) over (partition by key, question, aspect)
        <= if(starts_with(key, 'entity ') or starts_with(key, 'name '), 2000, 500)
),
near_keyed as (
    select * from keyed
    union all
    select timed.*, unnest(flatten(list_transform(time_keys, lambda time_key: ['week ' || (week - 1) || time_key, 'week ' || (week + 1) || time_key]))) as key
    from timed
),
differing as (
    select distinct
        if(
            one.question = 'office' or coalesce(nullif(one.aspect, ''), two.aspect) = '',
            one.question,
            one.question || ': ' || coalesce(nullif(one.aspect, ''), two.aspect)
        ) as full_question,
        one.question,
        one.thing_id is not distinct from two.thing_id and one.thing_id is not null
            or coalesce(
                one.thing_name = two.thing_name
                and (one.question = 'office' or one.thing_id is not null and two.thing_id is not null)
                -- "Les Nuits d'Arzal" and "festival Les Nuits d'Arzal"
                or contains(one.thing_name, two.thing_name) and regexp_matches(two.thing_name, '[ -]')
                or contains(two.thing_name, one.thing_name) and regexp_matches(one.thing_name, '[ -]'),
                false
            ) as is_one_thing,
        -- a hall is no swimming pool
        coalesce(
            one.thing_kind = 'project' and two.thing_kind = 'project'
                and regexp_extract(one.thing_name, '^\p{L}+') <> regexp_extract(two.thing_name, '^\p{L}+'),
            false
        ) as is_other_project,
        one.thing_kind is not distinct from two.thing_kind and one.thing_kind is not null and not is_other_project as is_one_kind,
        -- a name that was cut: "Parlement" and "Parlement des rivières"
        coalesce(starts_with(one.thing_name, two.thing_name) or starts_with(two.thing_name, one.thing_name), false) as is_part_of_name,
        one.thing_id <> two.thing_id and not contains(one.thing_name, two.thing_name)
            and not contains(two.thing_name, one.thing_name) as is_other_thing,
        one.thing is null or two.thing is null as is_unnamed,
        if(one.is_one_time, one.thing_place, null) as one_place,
        if(two.is_one_time, two.thing_place, null) as two_place,
        one.thing_id as one_thing_id,
        two.thing_id as two_thing_id,
        coalesce(one.thing_id, two.thing_id) as thing_id,
        coalesce(one.thing, two.thing) as thing,
        one.story_id,
        two.story_id as other_story_id,
        one.answer as value,
        one.doc_id,
        one.sentence_no,
        one.thing_start,
        one.source_id,
        one.published_on,
        two.answer as other_value,
        two.doc_id as other_doc_id,
        two.sentence_no as other_sentence_no,
        two.thing_start as other_thing_start,
        two.source_id as other_source_id,
        two.published_on as other_published_on,
        -- a later report that corrects an earlier one, or counts more dead, is news
        case
            when two.state = 'revised' then 'update'
            when (one.published_on < two.published_on or one.published_at < two.published_at)
                and (one.is_expected or one.is_toll and two.value > one.value) then 'update'
            else 'contradiction'
        end as kind,
    from keyed as one
    inner join near_keyed as two using (key)
    where one.question = two.question
        -- "3 millions" may be of any currency
        and (one.aspect = two.aspect or starts_with(one.question, 'amount_') and '' in (one.aspect, two.aspect))
        and one.is_expected = two.is_expected
        and one.doc_id <> two.doc_id
        and one.story_id <> two.story_id
        and (one.source_id <> two.source_id or one.source_id = 'unknown')
        and (
            one.most < two.least or two.most < one.least
            -- "au moins 120 morts", and later "s'alourdit à 214"
            or one.is_toll and two.state = 'revised' and one.most = 'infinity' and two.value > one.value
        )
        -- the earlier first, those without a day last
        and (coalesce(one.published_on, 'infinity'), coalesce(one.published_at, one.published_on, 'infinity'), one.doc_id)
            < (coalesce(two.published_on, 'infinity'), coalesce(two.published_at, two.published_on, 'infinity'), two.doc_id)
        and coalesce(two.published_on - one.published_on, 0) <= case
            when one.question in ('created', 'first_met', 'opened') then 100000
            when one.question = 'office' then 30
            when one.question in ('count_members', 'count_employees', 'count_inhabitants', 'count_countries') then 400
            when starts_with(one.question, 'amount_') then 120
            else 8
        end
        -- two values of one thing are of one size
        and coalesce(greatest(abs(one.value), abs(two.value)) <= 4 * least(abs(one.value), abs(two.value)), true)
        and (one.thing_kind = two.thing_kind or one.thing_kind is null or two.thing_kind is null)
        -- two accidents on two days
        and (
            not one.is_one_time or not two.is_one_time
            or coalesce(one.thing_first_on <= two.thing_last_on and two.thing_first_on <= one.thing_last_on, true)
        )
),
pairs as (
    select distinct doc_id, other_doc_id from differing
),
mentioned as (
    select distinct mentions.doc_id, mentions.entity_id, entities.name, entities.count_documents
    from mentions
    inner join entities using (entity_id)
    where not mentions.is_demonym
        and mentions.doc_id in (select doc_id from pairs union select other_doc_id from pairs)
),
named as (
    select * from mentioned
    union
    -- the town of "théâtre d'Auch"
    select mentioned.doc_id, towns.entity_id, towns.name, towns.count_documents
    from mentioned
    inner join entities as towns on towns.label = 'LOC' and towns.name = regexp_extract(mentioned.name, ' (?:de |d[''’])(\p{Lu}.*)$', 1)
),
named_pairs as materialized (
    -- the pairs come first: all pairs of mentions of one entity are too many
    select pairs.doc_id, pairs.other_doc_id, named.entity_id, named.name, named.count_documents
    from pairs
    inner join named on named.doc_id = pairs.doc_id
),
related as (
    -- how much two documents have in common: a name of few documents tells more than that of a country
    select
        one.doc_id,
        one.other_doc_id,
        count(*) as count_shared,
        sum(ln(1 + (counted_documents.count_documents + 500) / one.count_documents)) as weight_shared,
        arg_min(one.name, (one.count_documents, one.name)) as rarest_name,
    from named_pairs as one
    inner join named as two on two.doc_id = one.other_doc_id and two.entity_id = one.entity_id
    cross join counted_documents
    group by one.doc_id, one.other_doc_id
),
statement_sentences as (
    -- the sentence of each of these statements, with the days in it and the places in it, or else in that which names the thing
    select
        compared.*,
        sentences.surface as sentence,
        list_distinct(list_transform(
            regexp_extract_all(lower(sentences.surface), '\p{L}{6,}'), lambda word: left(word, 6)
        )) as stems,
        thing_sentences.sentence_no as thing_sentence_no,
    from (
        select doc_id, sentence_no, thing_start from differing
        union
        select other_doc_id, other_sentence_no, other_thing_start from differing
    ) as compared
    inner join sentences using (doc_id, sentence_no)
    left join sentences as thing_sentences
        on thing_sentences.doc_id = compared.doc_id
        and compared.thing_start >= thing_sentences.start_char and compared.thing_start < thing_sentences.end_char
),
places as (
    select mentions.doc_id, mentions.sentence_no, list(distinct lower(entities.name) order by lower(entities.name)) as place_names,
    from mentions
    inner join entities using (entity_id)
    where mentions.label = 'LOC' and mentions.doc_id in (select doc_id from statement_sentences)
    group by mentions.doc_id, mentions.sentence_no
),
days as (
    select doc_id, sentence_no, min(starts_on) as first_on, max(last_on) as last_on,
    from dates
    where last_on <= starts_on + 1 and doc_id in (select doc_id from statement_sentences)
    group by doc_id, sentence_no
),
entity_lists as (
    select doc_id, list(entity_id) as entity_ids, string_agg(lower(name), ' | ') as names from named group by doc_id
),
situated as (
    select
        statement_sentences.*,
        coalesce(places.place_names, thing_places.place_names, []) as place_names,
        array_to_string(coalesce(places.place_names, thing_places.place_names, []), ' | ') as place_text,
        days.first_on,
        days.last_on,
        coalesce(entity_lists.entity_ids, []) as entity_ids,
        coalesce(entity_lists.names, '') as names,
    from statement_sentences
    left join places using (doc_id, sentence_no)
    left join places as thing_places on thing_places.doc_id = statement_sentences.doc_id and thing_places.sentence_no = statement_sentences.thing_sentence_no
    left join days using (doc_id, sentence_no)
    left join entity_lists using (doc_id)
),
disagreements as (
    select
        differing.full_question as question,
        differing.kind,
        differing.thing_id as entity_id,
        coalesce(entities.name, differing.thing, related.rarest_name) as subject,
        differing.value,
        differing.doc_id,
        differing.source_id,
        differing.published_on,
        one.sentence,
        differing.other_value,
        differing.other_doc_id,
        differing.other_source_id,
        differing.other_published_on,
        two.sentence as other_sentence,
    from differing
    inner join situated as one
        on one.doc_id = differing.doc_id and one.sentence_no = differing.sentence_no and one.thing_start is not distinct from differing.thing_start
    inner join situated as two
        on two.doc_id = differing.other_doc_id and two.sentence_no = differing.other_sentence_no
        and two.thing_start is not distinct from differing.other_thing_start
    left join related on related.doc_id = differing.doc_id and related.other_doc_id = differing.other_doc_id
    left join entities on entities.entity_id = differing.thing_id
    where case
            when differing.question in ('created', 'first_met', 'opened', 'office', 'count_members', 'count_employees')
                then differing.is_one_thing
                    or differing.is_part_of_name and related.count_shared >= 2
                    or differing.question <> 'office' and differing.is_one_kind and related.count_shared >= 3
                    or differing.question in ('count_members', 'count_employees') and differing.is_unnamed
                        and related.count_shared >= 2 and related.weight_shared >= 10
            when differing.question in ('count_dismissed', 'count_hired') then related.count_shared >= 2
            when differing.question = 'count_things'
                then related.count_shared >= 3 and len(list_intersect(one.stems, two.stems)) >= 4
                    and len(list_intersect(one.stems, two.stems)) >= 0.6 * len(list_distinct(one.stems || two.stems))
            when starts_with(differing.question, 'amount_')
                then related.count_shared >= 3 or related.count_shared >= 2 and (differing.is_one_kind or differing.is_one_thing or differing.is_other_thing)
                    or differing.is_unnamed and related.count_shared >= 2 and related.weight_shared >= 10
            when differing.is_one_thing or differing.is_one_kind then related.weight_shared >= 5
            else related.count_shared >= 3 or differing.is_unnamed and related.count_shared >= 2 and related.weight_shared >= 10
        end
        and (differing.is_one_thing or not differing.is_other_project)
        -- two named things are two, but for a payer and a receiver that both documents name
        and (
            coalesce(not differing.is_other_thing, true)
            or starts_with(differing.question, 'amount_')
                and list_contains(two.entity_ids, differing.one_thing_id) and list_contains(one.entity_ids, differing.two_thing_id)
        )
        -- two accidents in two places, each of which the other document does not name
        and not coalesce(
            not contains(differing.one_place, differing.two_place) and not contains(differing.two_place, differing.one_place)
                and not contains(two.names, differing.one_place) and not contains(one.names, differing.two_place),
            false
        )
        and (
            differing.is_one_thing
            or differing.question in ('count_members', 'count_employees', 'created', 'first_met', 'opened', 'office')
            or len(one.place_names) = 0 or len(two.place_names) = 0
            or len(list_filter(one.place_names, lambda name: contains(two.place_text, name))) > 0
            or len(list_filter(two.place_names, lambda name: contains(one.place_text, name))) > 0
            -- "à Vernay" and "sur la place Jean-Moulin", where each document names both
            or len(list_filter(one.place_names, lambda name: contains(two.names, name))) > 0
                and len(list_filter(two.place_names, lambda name: contains(one.names, name))) > 0
        )
        -- a figure of a later day than the other is news, no contradiction
        and (
            differing.question in ('created', 'first_met', 'opened', 'office')
            or coalesce(one.first_on <= coalesce(two.last_on, differing.other_published_on), true)
            and (differing.kind = 'update' or coalesce(two.first_on <= coalesce(one.last_on, differing.published_on), true))
        )
    qualify row_number() over (
        partition by differing.story_id, differing.other_story_id, differing.full_question, coalesce(differing.thing_id, differing.thing)
        order by differing.doc_id, differing.other_doc_id, differing.sentence_no, differing.other_sentence_no
    ) = 1
)
select * from disagreements order by published_on, question, doc_id, other_doc_id, subject;

comment on view v_disagreements is 'Statements of two sources on one question that cannot both be right.';
comment on column v_disagreements.question is 'What is asked: the code of figures.question or dates.question, with the noun or currency that narrows it, or office.';
comment on column v_disagreements.kind is 'contradiction, or update where the later statement corrects the earlier one.';
comment on column v_disagreements.entity_id is 'The thing the question is asked of, where it has a name; entities.entity_id.';
comment on column v_disagreements.subject is 'The thing the question is asked of: the name of the entity, else as printed, else the rarest name both documents have.';
comment on column v_disagreements.value is 'The earlier answer: a number, a range (30–40), an ISO date or month, or a name.';
comment on column v_disagreements.doc_id is 'The document that gives it; documents.doc_id.';
comment on column v_disagreements.source_id is 'Its publisher; sources.source_id.';
comment on column v_disagreements.published_on is 'Its day of publication; null when none is printed.';
comment on column v_disagreements.sentence is 'The sentence that gives it.';
comment on column v_disagreements.other_value is 'The later answer.';
comment on column v_disagreements.other_doc_id is 'The document that gives it; documents.doc_id.';
comment on column v_disagreements.other_source_id is 'Its publisher; sources.source_id.';
comment on column v_disagreements.other_published_on is 'Its day of publication; null when none is printed.';
comment on column v_disagreements.other_sentence is 'The sentence that gives it.';
