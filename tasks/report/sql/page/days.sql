-- One row per day and document that refers to it: the expression, its place and its sentence. Reads dates, documents and sentences.
select
    dates.starts_on as day, dates.doc_id, 'date-' || min(dates.date_no) as anchor, arg_min(sentences.surface, dates.date_no) as sentence,
from dates
join documents using (doc_id)
join sentences using (doc_id, sentence_no)
where dates.is_resolved and dates.granularity in ('day', 'hour', 'minute') and dates.starts_on is not null
group by all
order by day, dates.doc_id;
