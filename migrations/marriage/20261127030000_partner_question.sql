-- Questions of other instances of this program about a person (联网核对): which one asked about whom, for what, and what it was answered.
-- asked_by: the token that was used; asker: its name then. number: the number asked about, sealed. case_no: of the matter there.
-- answer: valid, none, several or not_answered.
CREATE TABLE marriage_partner_question (
  id {bytes} NOT NULL PRIMARY KEY,
  asked_by TEXT NOT NULL,
  asker TEXT NOT NULL,
  number {bytes} NOT NULL,
  purpose TEXT NOT NULL,
  case_no TEXT NOT NULL,
  answer TEXT NOT NULL,
  asked_at {i64} NOT NULL
) {strict};
CREATE INDEX marriage_partner_question_asker ON marriage_partner_question (asked_by, asked_at);
