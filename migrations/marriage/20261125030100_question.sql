-- Questions to the registers about one person (联网核对): who asked about whom, for what, and what each register said.
-- number: the number asked about, sealed. case_no: of the matter it is asked for. answer: valid, none, several or not_answered.
-- sources: what each register said, sealed.
CREATE TABLE marriage_question (
  id {bytes} NOT NULL PRIMARY KEY,
  region TEXT NOT NULL,
  org {bytes} NOT NULL,
  number {bytes} NOT NULL,
  purpose TEXT NOT NULL,
  case_no TEXT NOT NULL,
  answer TEXT NOT NULL,
  sources {bytes} NOT NULL,
  asked_by TEXT NOT NULL,
  asked_at {i64} NOT NULL
) {strict};
CREATE INDEX marriage_question_asker ON marriage_question (asked_by, id);
