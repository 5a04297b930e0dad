-- What other bodies hold about persons, as far as this instance has it (spec README 15). A person is named by the keyed hash
-- of his document number, so that a fact may come before the person does.
-- kind: death, parent, court_paper, marriage or divorce_case. basis: record (a register said so) or paper (an original was shown).
-- source: who said so. valid_on: day of the fact: death, effect of a judgment, start of a marriage. ended_on: day on which it ended.
-- other_hash: keyed hash of the other person's number. detail: the rest, sealed. recorded_by: member of staff, null for an import.
-- withdrawn_at: moment at which the entry was withdrawn as wrong; nothing is deleted.
CREATE TABLE person_fact (
  id {bytes} NOT NULL PRIMARY KEY,
  person_hash {bytes} NOT NULL,
  kind TEXT NOT NULL,
  basis TEXT NOT NULL,
  source TEXT NOT NULL,
  valid_on TEXT NOT NULL,
  ended_on TEXT,
  other_hash {bytes},
  detail {bytes} NOT NULL,
  recorded_by {bytes},
  recorded_at {i64} NOT NULL,
  withdrawn_at {i64}
) {strict};
CREATE INDEX person_fact_person ON person_fact (person_hash, kind);

-- Which kinds of fact this instance can answer at all. Without a row that answers, a search without a hit is
-- "not answered", never "none".
-- answers: whether the base is connected now. note: what an officer reads beside the answer.
CREATE TABLE fact_source (
  kind TEXT NOT NULL PRIMARY KEY,
  answers {bool} NOT NULL,
  note TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at {i64} NOT NULL
) {strict};
