-- One row: a run with the outcomes of its records. Reads runs.
select * from runs where run_id = $run_id;
