-- One row per reason, with an example; reads rejections.
select outcome, stage, reason, count(*) as records, min(detail) as meaning, min(uri) as example
from rejections
group by all
order by records desc, reason, stage, outcome;
