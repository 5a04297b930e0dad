-- Types of licence (P5.3). The codes are the province's own until the ministry's list is loaded; marriage 006.
CREATE TABLE lic_type (
  code TEXT NOT NULL PRIMARY KEY,   -- 证照类型代码, 21 characters: credit code of who defined it, then three
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  holder_kind TEXT NOT NULL,        -- person, org, place
  discreet {bool} NOT NULL          -- never listed publicly; a check answers without reason or date (P5-10, README 13)
) {strict};
INSERT INTO lic_type (code, name_zh, name_en, holder_kind, discreet) VALUES
  ('11990000YY9990080W001', '社会团体法人登记证书', 'Registration certificate of a social association', 'org', FALSE),
  ('11990000YY9990080W002', '民办非企业单位登记证书', 'Registration certificate of a private non-enterprise unit', 'org', FALSE),
  ('11990000YY9990080W003', '基金会法人登记证书', 'Registration certificate of a foundation', 'org', FALSE),
  ('11990000YY9990080W004', '慈善组织公开募捐资格证书', 'Public fundraising certificate', 'org', FALSE),
  ('11990000YY9990080W005', '基层群众性自治组织特别法人统一社会信用代码证书', 'Credit code certificate of a grassroots organisation', 'org', FALSE),
  ('11990000YY9990080W006', '结婚证', 'Marriage certificate', 'person', TRUE),
  ('11990000YY9990080W007', '离婚证', 'Divorce certificate', 'person', TRUE),
  ('11990000YY9990080W008', '收养登记证', 'Adoption certificate', 'person', TRUE),
  ('11990000YY9990080W009', '最低生活保障证', 'Minimum living allowance certificate', 'person', TRUE),
  ('11990000YY9990080W010', '特困人员救助供养证', 'Certificate of support for persons in extreme hardship', 'person', TRUE),
  ('11990000YY9990080W011', '残疾人两项补贴认定', 'Recognition of disability allowances', 'person', TRUE),
  ('11990000YY9990080W012', '孤儿、事实无人抚养儿童认定', 'Recognition of orphans and children without care', 'person', TRUE),
  ('11990000YY9990080W013', '养老机构备案回执', 'Filing receipt of an elderly care institution', 'org', FALSE),
  ('11990000YY9990080W014', '火化证明', 'Cremation certificate', 'person', TRUE),
  ('11990000YY9990080W015', '骨灰安放证', 'Certificate of ashes placement', 'person', TRUE),
  ('11990000YY9990080W016', '公墓许可', 'Cemetery permit', 'org', FALSE),
  ('11990000YY9990080W017', '志愿服务记录证明', 'Volunteer service record', 'person', TRUE),
  ('11990000YY9990080W018', '社会组织评估等级证书', 'Assessment grade certificate of a social organisation', 'org', FALSE),
  ('11990000YY9990080W019', '标准地名使用证明', 'Certificate of a standard place name', 'place', FALSE);

-- The licence catalogue (GB/T 36902): one row a version. A row is never deleted; its state changes once, from in force to not.
CREATE TABLE lic (
  id {bytes} NOT NULL PRIMARY KEY,
  identifier TEXT NOT NULL,         -- 证照标识, GB/T 36904
  type_code TEXT NOT NULL REFERENCES lic_type (code),
  number TEXT NOT NULL,             -- 证照编号, as printed
  holder_hash {bytes} NOT NULL,     -- keyed hash of kind and number of the holder
  holder_person {bytes},            -- the person, where known to this instance
  holder {bytes} NOT NULL,          -- sealed: name, kind and number
  issuer_code TEXT NOT NULL,        -- credit code
  issuer_name TEXT NOT NULL,
  region TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  issued_at {i64} NOT NULL,         -- moment of issue; the date inside the file
  valid_to TEXT,                    -- last day; null for ever
  serial TEXT NOT NULL,             -- the same in all versions
  version {i64} NOT NULL,
  state TEXT NOT NULL,              -- make (file not yet made), 01 … 08, 99 (P5.4)
  in_force {bool} NOT NULL,         -- state make or 01: the unique key below counts these
  ended_on TEXT,                    -- day on which it ceased to be in force
  decision TEXT,                    -- the decision that ended it (P5-4)
  superseded_by {bytes} REFERENCES lic (id),
  source_kind TEXT NOT NULL CHECK (source_kind IN ('case', 'stock')),
  source_ref TEXT NOT NULL CHECK (length(source_ref) > 0),  -- number of the decided case, or batch and origin (P5-1)
  check_hash {bytes} NOT NULL,      -- keyed hash of the three elements of the public check (R-MR-48)
  token_hash {bytes} NOT NULL,      -- keyed hash of the token in the QR symbol
  face {bytes} NOT NULL,            -- sealed JSON: what the page shows
  template TEXT NOT NULL,
  photo TEXT,                       -- file
  file TEXT,                        -- the PDF; null until made
  file_sm3 TEXT,                    -- its digest
  signature TEXT,                   -- the detached signature, a file
  signer_key TEXT,                  -- names the key
  made_at {i64}
) {strict};
CREATE UNIQUE INDEX lic_identifier ON lic (identifier);
CREATE UNIQUE INDEX lic_one_in_force ON lic (type_code, issuer_code, number, holder_hash) WHERE in_force;
CREATE UNIQUE INDEX lic_token ON lic (token_hash);
CREATE INDEX lic_check ON lic (check_hash, version);
CREATE INDEX lic_holder ON lic (holder_person, issued_at);
CREATE INDEX lic_holder_hash ON lic (holder_hash, type_code);
CREATE INDEX lic_number ON lic (type_code, number);
CREATE INDEX lic_valid_to ON lic (valid_to) WHERE in_force;

-- Every read (P5-12), those that found nothing included; the holder sees the rows of his licences.
CREATE TABLE lic_use (
  id {bytes} NOT NULL PRIMARY KEY,
  lic_id {bytes} REFERENCES lic (id),   -- null when nothing was found
  at {i64} NOT NULL,
  way TEXT NOT NULL,                -- elements, token, file, download, share
  actor_kind TEXT NOT NULL,
  actor_name TEXT NOT NULL,         -- name of the program; empty for people
  item TEXT NOT NULL,               -- 事项
  cause TEXT NOT NULL,              -- 事由
  result TEXT NOT NULL              -- what was answered
) {strict};
CREATE INDEX lic_use_of ON lic_use (lic_id, at);

-- The holder's consent to one read by somebody else: single use, short (P5-5).
CREATE TABLE lic_consent (
  id {bytes} NOT NULL PRIMARY KEY,
  code_hash {bytes} NOT NULL,
  person {bytes} NOT NULL,
  type_code TEXT NOT NULL REFERENCES lic_type (code),
  given_at {i64} NOT NULL,
  ends_at {i64} NOT NULL,
  used_at {i64}
) {strict};
CREATE UNIQUE INDEX lic_consent_code ON lic_consent (code_hash);
