-- One row per attributed quote in marks, the longest first; reads quotes, documents and entities.
select coalesce(entities.name, quotes.speaker) as speaker, quotes.verb, quotes.surface as words, documents.title as "in"
from quotes
join documents using (doc_id)
left join entities on entities.entity_id = quotes.speaker_entity_id
where quotes.speaker is not null and quotes.is_reported is distinct from true
order by length(quotes.surface) desc, quotes.doc_id
limit 20;
