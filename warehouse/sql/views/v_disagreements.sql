-- One row per two figures of two sources for the same thing that cannot both be right: the same noun counted, or the same
-- currency, in documents within a week that name at least three entities in common, in sentences on one topic. What the
-- sentences tell apart themselves is left out: a part and a whole, two subjects, two places, two days.
create or replace view v_disagreements as
with topics (topic, words) as (
    -- What is told of people, places and money in the news, by the stems of its words. One noun counts many things ("31
    -- communes touchées", "sept communes" whose schools are closed), and one thing has many words ("touchées", "sinistrées").
    values
        ('dead', 'mort|tué|décéd|décès|péri\b|périe?s|victime|cadavre|noyé'),
        ('injured', 'blessé'),
        ('missing', 'disparu|introuvable'),
        ('hit', 'touché|sinistr|affecté|frappé|inond|submerg|endommag|détrui|dévast|ravag|catastrophe'),
        ('evacuated', 'évacu|à l.abri|relog|héberg|déplacé|réfugi|secour'),
        ('damage', 'dégât|dommage|préjudice|sinistre|perte'),
        ('deployed', 'mobilis|engagé|déploy|dépêch|renfort|à pied d.œuvre|patrouill'),
        ('cut_off', 'privé|coupé|coupure|sans électricité|sans courant|sans eau'),
        ('ill', 'contamin|infect|malade|hospitalis|intoxi'),
        ('arrested', 'arrêté|arrestation|interpell|garde à vue|détenu|emprisonn|incarcér'),
        ('on_the_street', 'manifest|défil|cortège|rassembl|grève|gréviste'),
        ('audience', 'spectateur|visiteur|assist|participa|festivalier|fréquentation|affluence'),
        ('votes', 'voix|suffrage|vot[eéa]|électeur|inscrit|élu[es]?\b|siège'),
        ('staff', 'emploie|salarié|effectif'),
        ('hired', 'embauch|recrut|emploi|création'),
        ('dismissed', 'licenci|supprim|suppression|plan social'),
        ('cost', 'coût|investi|budget|montant|enveloppe|facture|chantier|travaux'),
        ('turnover', 'chiffre d.affaires|recette|vente|vendu'),
        ('profit', 'bénéfice|profit|résultat net'),
        ('debt', 'dette|déficit|emprunt'),
        ('penalty', 'amende|condamn|redressement'),
        ('aid', 'aide|subvention|indemni|fonds de|dédommag'),
        ('price', 'prix|rachat|rachet|acquisition|acquéri|acheté|tarif')
),
told as (
    select
        figures.doc_id,
        figures.figure_no,
        figures.kind,
        figures.sentence_no,
        figures.subject_entity_id,
        round(figures.value, 2) as value,
        lower(coalesce(figures.counted, figures.unit, figures.currency)) as question,
        -- "31 communes", "dans quatre communes" and "les écoles de sept communes" count three things, a "bilan de 31 communes"
        -- what "31 communes" does; an amount is an amount
        case when figures.kind = 'money' then '' else lower(regexp_extract(
            regexp_replace(
                left(sentences.surface, figures.start_char - sentences.start_char),
                '(?i)(bilan|total|nombre|mort|décès|évacuation|arrestation|interpellation|suppression|création|perte)( \p{L}+)? d[e''’]\s*$',
                ''
            ),
            '(?i)(?:^|[\s(«])(dont|contre|sur|parmi|dans|entre|avec|sans|par|pour|chez|en|sous|vers|à|aux?|des?|d[''’]|du|les?|la|ces|ses|leurs|chaque)\s*$',
            1
        )) end as preposition,
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
    inner join sentences using (doc_id, sentence_no)
    where figures.kind in ('count', 'money')
        and question is not null
        -- "trois communes supplémentaires", "deux autres gares": a part
        and not regexp_matches(
            figures.surface || substr(sentences.surface, figures.end_char - sentences.start_char + 1, 24),
            '(?i)\b(autres?|premi(er|ère)s?|derni(er|ère)s?|nouve(au|lles?|aux)|supplémentaires?|restante?s?|(de|en) (plus|moins))\b'
        )
),
single as (
    -- where one document gives several values for a question it is more than one question
    select
        told.*,
        documents.source_id,
        documents.published_on,
        (documents.published_on - date '1900-01-01') // 8 as week,
    from told
    inner join documents using (doc_id)
    where documents.published_on is not null
    window same as (partition by told.doc_id, told.kind, told.question, told.preposition)
    qualify min(told.value) over same = max(told.value) over same
),
apart as (
    -- few figures contradict each other, most documents name somebody in common: so the figures are compared first, and
    -- only those of eight days and the eight next to them
    select
        one.question,
        one.doc_id,
        one.figure_no,
        one.sentence_no,
        one.value,
        one.subject_entity_id,
        one.source_id,
        one.published_on,
        two.doc_id as other_doc_id,
        two.figure_no as other_figure_no,
        two.sentence_no as other_sentence_no,
        two.value as other_value,
        two.subject_entity_id as other_subject_entity_id,
        two.source_id as other_source_id,
        two.published_on as other_published_on,
    from single as one
    inner join (select *, unnest([week - 1, week, week + 1]) as near_week from single) as two
        on two.question = one.question
        and two.kind = one.kind
        and two.preposition = one.preposition
        and two.near_week = one.week
    where one.doc_id < two.doc_id
        and one.source_id <> two.source_id
        and abs(one.published_on - two.published_on) <= 7
        and (one.most < two.least or two.most < one.least)
        and coalesce(one.subject_entity_id = two.subject_entity_id, true)
),
pairs as (
    select distinct doc_id, other_doc_id from apart
),
named as (
    -- a list of each document's entities: joined on entities, documents that all name one country would all meet
    select doc_id, list(distinct entity_id) as entity_ids,
    from mentions
    where entity_id is not null
        and not is_demonym
        and doc_id in (select doc_id from pairs union select other_doc_id from pairs)
    group by doc_id
),
related as (
    select apart.*,
    from apart
    semi join (
        select pairs.doc_id, pairs.other_doc_id,
        from pairs
        inner join named as one on one.doc_id = pairs.doc_id
        inner join named as two on two.doc_id = pairs.other_doc_id
        where len(list_intersect(one.entity_ids, two.entity_ids)) >= 3
    ) as met using (doc_id, other_doc_id)
),
spoken as (
    -- the sentence of each of these figures, and its clause up to a semicolon or a colon
    select
        figures.doc_id,
        figures.figure_no,
        sentences.sentence_no,
        sentences.surface as sentence,
        figures.start_char - sentences.start_char as offset_chars,
        lower(
            regexp_extract(left(sentence, offset_chars), '[^;:]*$')
            || regexp_extract(substr(sentence, offset_chars + 1), '^[^;:]*')
        ) as clause,
        list_distinct(list_transform(
            regexp_extract_all(replace(clause, lower(figures.surface), ''), '\p{L}{6,}'), lambda word: left(word, 6)
        )) as stems,
    from figures
    inner join sentences using (doc_id, sentence_no)
    semi join (
        select doc_id, figure_no from related
        union
        select other_doc_id, other_figure_no from related
    ) as compared using (doc_id, figure_no)
),
understood as (
    select
        spoken.*,
        (select coalesce(list(topic), []) from topics where regexp_matches(spoken.clause, topics.words)) as topics,
        (
            select coalesce(list(entity_id), []) from mentions
            where mentions.doc_id = spoken.doc_id and mentions.sentence_no = spoken.sentence_no
        ) as entity_ids,
        (
            select coalesce(list(entity_id), []) from mentions
            where mentions.doc_id = spoken.doc_id and mentions.sentence_no = spoken.sentence_no and label = 'LOC'
        ) as place_ids,
        (
            select min(starts_on) from dates
            where dates.doc_id = spoken.doc_id and dates.sentence_no = spoken.sentence_no and last_on <= starts_on + 1
        ) as first_on,
        (
            select max(last_on) from dates
            where dates.doc_id = spoken.doc_id and dates.sentence_no = spoken.sentence_no and last_on <= starts_on + 1
        ) as last_on,
    from spoken
),
disagreements as (
    select distinct
        related.question,
        coalesce(related.subject_entity_id, related.other_subject_entity_id) as entity_id,
        entities.name as subject,
        related.value,
        related.doc_id,
        related.source_id,
        related.published_on,
        one.sentence,
        related.other_value,
        related.other_doc_id,
        related.other_source_id,
        related.other_published_on,
        two.sentence as other_sentence,
    from related
    inner join understood as one on one.doc_id = related.doc_id and one.figure_no = related.figure_no
    inner join understood as two on two.doc_id = related.other_doc_id and two.figure_no = related.other_figure_no
    left join entities on entities.entity_id = coalesce(related.subject_entity_id, related.other_subject_entity_id)
    where (
            -- one topic; or, where none of ours is told, words enough in common
            list_has_any(one.topics, two.topics)
            or (len(one.topics) = 0 or len(two.topics) = 0) and len(list_intersect(one.stems, two.stems)) >= 4
        )
        and (related.subject_entity_id is null or list_contains(two.entity_ids, related.subject_entity_id))
        and (related.other_subject_entity_id is null or list_contains(one.entity_ids, related.other_subject_entity_id))
        and (len(one.place_ids) = 0 or len(two.place_ids) = 0 or list_has_any(one.place_ids, two.place_ids))
        -- what is told of a later day than the other figure is news, no contradiction
        and coalesce(one.first_on <= coalesce(two.last_on, related.other_published_on), true)
        and coalesce(two.first_on <= coalesce(one.last_on, related.published_on), true)
)
select * from disagreements order by published_on, question, doc_id, other_doc_id;

comment on view v_disagreements is 'Figures of two sources that cannot both be right.';
