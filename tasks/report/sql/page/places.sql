-- One row per place or organisation, the most mentioned first; reads entities.
select name, label, aliases, count_documents as documents, count_mentions as mentions
from entities
where label <> 'PER'
order by documents desc, mentions desc, name
limit 30;
