-- The children of a person: facts that name him as a parent.
CREATE INDEX person_fact_parent ON person_fact (other_hash) WHERE kind = 'parent';
