-- One row per kind of fact: how many facts of it there are. Reads facts.
with counted as (
    select kind, count(*) as count_facts from facts group by kind
)
select * from counted;
