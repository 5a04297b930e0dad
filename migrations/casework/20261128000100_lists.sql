-- What a list by body or holder is narrowed by stands in its index, so that counting up to the bound reads nothing else.
DROP INDEX case_head_org_list;
DROP INDEX case_head_holder_list;
CREATE INDEX case_head_org_list ON case_head (org, open, rank, id, region, phase, item_code);
CREATE INDEX case_head_holder_list ON case_head (holder, open, rank, id, region, phase, item_code, org);
-- Without figures of its own an engine takes the index with the most columns given: by name, that is this one and not that of the body.
DROP INDEX case_head_name;
CREATE INDEX case_head_name ON case_head (applicant_hash, open, org, rank, id);
