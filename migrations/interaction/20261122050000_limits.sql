-- Limits of the follow-up of ratings and complaints. A row holds for its region and everything below it, unless a nearer region has its own.
CREATE TABLE interaction_limit (
  kind TEXT NOT NULL,               -- which limit, see interaction::limits::Limit
  region TEXT NOT NULL,             -- 000000: everywhere
  amount {i64} NOT NULL,
  unit TEXT NOT NULL CHECK (unit IN ('workdays', 'days', 'percent', 'characters', 'count')), -- days: natural ones, the last rolls off a day of rest
  source TEXT NOT NULL,             -- law, local rule, or the choice of this program
  article TEXT NOT NULL,            -- empty where there is none
  PRIMARY KEY (kind, region)
) {strict};
INSERT INTO interaction_limit (kind, region, amount, unit, source, article) VALUES
  ('rating.change', '000000', 5, 'workdays', '平台约定', ''),
  ('rating.window', '000000', 7, 'days', '平台约定', ''),
  ('rating.unrated_level', '000000', 0, 'count', '平台约定；广东省2019年办法可设为3（基本满意）', ''),
  ('rating.words', '000000', 500, 'characters', '平台约定', ''),
  ('rating.invites', '000000', 2, 'count', '平台约定', ''),
  ('rating.remind', '000000', 3, 'days', '平台约定', ''),
  ('rating.contact', '000000', 1, 'workdays', '安阳市政务服务条例', '第五十二条'),
  ('rating.simple', '000000', 5, 'workdays', '国办发〔2019〕51号的地方实施办法（德州）', ''),
  ('rating.complex', '000000', 15, 'workdays', '四川省政务服务“好差评”管理办法', ''),
  ('rating.appeal', '000000', 5, 'workdays', '平台约定', ''),
  ('rating.review', '000000', 7, 'workdays', '平台约定', ''),
  ('card.yellow', '000000', 1, 'workdays', '平台约定', ''),
  ('card.red', '000000', 4, 'workdays', '平台约定', ''),
  ('complaint.accept', '000000', 1, 'workdays', '平台约定', ''),
  ('complaint.accept.petition', '000000', 15, 'days', '信访工作条例', '第二十二条、第二十三条'),
  ('complaint.consult', '000000', 5, 'workdays', '安阳市政务服务条例', '第五十条'),
  ('complaint.stock', '000000', 1, 'workdays', '安阳市政务服务条例', '第五十条'),
  ('complaint.suggest', '000000', 5, 'workdays', '潍坊市12345政务服务便民热线条例', '第二十条'),
  ('complaint.help', '000000', 5, 'workdays', '潍坊市12345政务服务便民热线条例', '第二十条'),
  ('complaint.complain', '000000', 5, 'workdays', '潍坊市12345政务服务便民热线条例', '第二十条'),
  ('complaint.report', '000000', 15, 'workdays', '平台约定', ''),
  ('complaint.petition', '000000', 60, 'days', '信访工作条例', '第三十四条'),
  ('complaint.disclosure', '000000', 20, 'workdays', '政府信息公开条例', '第三十三条'),
  ('complaint.extend.suggest', '000000', 5, 'workdays', '潍坊市12345政务服务便民热线条例', '第二十条'),
  ('complaint.extend.help', '000000', 5, 'workdays', '潍坊市12345政务服务便民热线条例', '第二十条'),
  ('complaint.extend.complain', '000000', 5, 'workdays', '潍坊市12345政务服务便民热线条例', '第二十条'),
  ('complaint.extend.petition', '000000', 30, 'days', '信访工作条例', '第三十四条'),
  ('complaint.extend.disclosure', '000000', 20, 'workdays', '政府信息公开条例', '第三十三条'),
  ('complaint.clarify', '000000', 7, 'workdays', '政府信息公开条例', '第三十条'),
  ('complaint.review.ask', '000000', 30, 'days', '信访工作条例', '第三十五条、第三十六条'),
  ('complaint.review.decide', '000000', 30, 'days', '信访工作条例', '第三十五条、第三十六条'),
  ('complaint.sign', '000000', 1, 'workdays', '潍坊市12345政务服务便民热线条例', '第二十二条'),
  ('complaint.confirm', '000000', 5, 'workdays', '平台约定', ''),
  ('complaint.unsatisfied', '000000', 2, 'count', '平台约定', ''),
  ('complaint.words', '000000', 2000, 'characters', '平台约定', ''),
  ('complaint.reply', '000000', 20, 'characters', '平台约定', ''),
  ('complaint.sample', '000000', 5, 'percent', '平台约定', ''),
  ('complaint.duplicate', '000000', 90, 'percent', '平台约定', ''),
  ('complaint.duplicate_days', '000000', 30, 'days', '平台约定', ''),
  ('complaint.officers', '000000', 2, 'count', '平台约定', '');

-- Daily counters of receipt numbers, in lanes so that they do not wait for each other; gaps are allowed.
CREATE TABLE interaction_counter (
  region TEXT NOT NULL,
  day TEXT NOT NULL,
  lane {i64} NOT NULL,
  last {i64} NOT NULL,
  PRIMARY KEY (region, day, lane)
) {strict};

-- Counts that slow guessing and flooding down.
CREATE TABLE interaction_guard (
  name {bytes} NOT NULL PRIMARY KEY, -- keyed hash of what is counted
  count {i64} NOT NULL,
  until {i64} NOT NULL              -- the count begins anew after this moment
) {strict};

-- Yellow and red cards for what is overdue, and alarms. One of a colour for each end of a period.
CREATE TABLE interaction_card (
  id {bytes} NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,               -- rating, complaint
  object_id TEXT NOT NULL,
  number TEXT NOT NULL,             -- as people know it
  period TEXT NOT NULL,             -- contact, fix, review, accept, sign, reply, identity
  rule TEXT NOT NULL,               -- supervision rule: M09 ratings, M10 complaints
  colour TEXT NOT NULL CHECK (colour IN ('yellow', 'red', 'alarm')),
  due TEXT NOT NULL,                -- the day that was missed
  region TEXT NOT NULL REFERENCES region (code),
  org {bytes} NOT NULL REFERENCES organisation (id),
  staff_id {bytes},                 -- who is responsible, where it is a person
  issued_at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX interaction_card_once ON interaction_card (kind, object_id, period, due, colour);
CREATE INDEX interaction_card_org ON interaction_card (org, id);
CREATE INDEX interaction_card_region ON interaction_card (region, id);

-- Whom a card was delivered to, and when it was seen.
CREATE TABLE interaction_card_receipt (
  card_id {bytes} NOT NULL REFERENCES interaction_card (id),
  staff_id {bytes} NOT NULL,
  seen_at {i64},
  PRIMARY KEY (card_id, staff_id)
) {strict};
CREATE INDEX interaction_card_receipt_staff ON interaction_card_receipt (staff_id, card_id);
