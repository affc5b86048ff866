-- The figures of one document; reads figures.
select surface, value, low, high, kind, coalesce(currency, unit) as unit, qualifier, counted
from figures
where doc_id = $doc_id
order by figure_no;
