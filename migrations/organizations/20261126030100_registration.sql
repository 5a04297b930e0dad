-- Names that organisations of an authority bear or bore (D-R3). brand: 字号, empty for associations; field, form: the other parts of the name, as
-- taken apart. left_on, left_by: when and how it was left: changed (also by cancellation) or revoked; null while it is borne.
CREATE TABLE organization_name (
  id {bytes} NOT NULL PRIMARY KEY,
  organization {bytes} NOT NULL REFERENCES organization (id),
  authority {bytes} NOT NULL,
  name TEXT NOT NULL,
  brand TEXT NOT NULL,
  field TEXT NOT NULL,
  form TEXT NOT NULL,
  left_on TEXT,
  left_by TEXT
) {strict};
CREATE INDEX organization_name_same ON organization_name (authority, name);
CREATE INDEX organization_name_brand ON organization_name (authority, brand, form);
CREATE INDEX organization_name_of ON organization_name (organization);

-- Legal representatives (D-R8, D-R9), found by keyed hash of their number. ended_on: when the post or the organisation ended; revoked: whether
-- it ended by a sanction.
CREATE TABLE organization_post (
  id {bytes} NOT NULL PRIMARY KEY,
  organization {bytes} NOT NULL REFERENCES organization (id),
  number {bytes} NOT NULL,
  number_hash {bytes} NOT NULL,
  since TEXT NOT NULL,
  ended_on TEXT,
  revoked {bool} NOT NULL
) {strict};
CREATE INDEX organization_post_number ON organization_post (number_hash);
CREATE INDEX organization_post_of ON organization_post (organization, ended_on);

-- Segments of subject codes (主体标识码) that are allotted to an authority. prefix with digits after it, from first to last; next: the one that is
-- taken next. source: the paper of the allotment.
CREATE TABLE code_segment (
  id {bytes} NOT NULL PRIMARY KEY,
  authority {bytes} NOT NULL REFERENCES organisation (id),
  prefix TEXT NOT NULL,
  first {i64} NOT NULL,
  last {i64} NOT NULL,
  next {i64} NOT NULL,
  source TEXT NOT NULL,
  received_by TEXT NOT NULL,
  received_at {i64} NOT NULL
) {strict};
CREATE INDEX code_segment_authority ON code_segment (authority, id);
CREATE INDEX code_segment_prefix ON code_segment (prefix, first);

-- Every subject code that has left the stock: used by an organisation, or spoiled. n: its number in the segment. Its key lets each leave once and for ever.
CREATE TABLE code_gone (
  subject TEXT NOT NULL PRIMARY KEY,
  n {i64} NOT NULL,
  segment {bytes} NOT NULL REFERENCES code_segment (id),
  state TEXT NOT NULL,
  uscc TEXT NOT NULL,
  reason TEXT NOT NULL,
  gone_by TEXT NOT NULL,
  gone_at {i64} NOT NULL
) {strict};
CREATE INDEX code_gone_segment ON code_gone (segment, state);

-- What is announced in public (D-R16): establishment, change, cancellation. due_on: last day for it; text: JSON of what is announced.
CREATE TABLE organization_announcement (
  id {bytes} NOT NULL PRIMARY KEY,
  organization {bytes} NOT NULL REFERENCES organization (id),
  kind TEXT NOT NULL,
  decided_on TEXT NOT NULL,
  due_on TEXT NOT NULL,
  announced_on TEXT NOT NULL,
  name TEXT NOT NULL,
  uscc TEXT NOT NULL,
  detail TEXT NOT NULL
) {strict};

CREATE INDEX organization_announcement_of ON organization_announcement (organization, id);

-- Rights that a legal representative gives to people of his organisation: for one item (basic code) or all (empty), until a day. number: of the
-- holder's identity document, sealed.
CREATE TABLE organization_right (
  id {bytes} NOT NULL PRIMARY KEY,
  organization {bytes} NOT NULL REFERENCES organization (id),
  name {bytes} NOT NULL,
  number {bytes} NOT NULL,
  number_hash {bytes} NOT NULL,
  item TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  given_at {i64} NOT NULL,
  revoked_at {i64}
) {strict};
CREATE INDEX organization_right_of ON organization_right (organization, id);
CREATE INDEX organization_right_number ON organization_right (number_hash);
