-- The summaries by blocks are gone. The planner joined them with the index of the area: of what one case in thirty has, every block holds
-- some, so all rows of all blocks of a commune were read, ten times what the commune has. Rare things are found in the order of the list or
-- among the cases of the area. What holds them together stays true: an index that looks at outcome, diagnosis or severity makes every edit
-- of them write into every index of the table.
drop index case_record_outcome_summary, case_record_notified_summary;
-- Their expression told the planner how many were notified late.
create statistics case_record_notified on (reported_on - result_on) from case_record;
-- A family and a middle name are of a few thousand in a million: with a hundred samples they looked like ten thousand, and like a hundred.
alter table case_record alter column name_key set statistics 400;
