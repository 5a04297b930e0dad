-- Files in a proceeding: evidence, papers that an answer or an objection rests on. Rows are only added.
-- own: sent by the organisation itself, which reads these alone. title: what the sender says it is, sealed. file_name: as he called it, sealed.
-- file: name of the stored file. who: as the log names the sender; staff: null for the organisation.
CREATE TABLE organization_attachment (
  id {bytes} NOT NULL PRIMARY KEY,
  proceeding {bytes} NOT NULL REFERENCES organization_proceeding (id),
  own {bool} NOT NULL,
  title {bytes} NOT NULL,
  file_name {bytes} NOT NULL,
  file TEXT NOT NULL,
  bytes {i64} NOT NULL,
  sm3 TEXT NOT NULL,
  at {i64} NOT NULL,
  staff {bytes},
  who TEXT NOT NULL
) {strict};
CREATE INDEX organization_attachment_of ON organization_attachment (proceeding, id);
