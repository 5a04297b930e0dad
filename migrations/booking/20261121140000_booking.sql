-- An office that people go to.
--   code         public code, in addresses
--   org_id       the organisation that runs it
--   region       division code of 12 digits
--   *_zh, *_en   name and address in both languages
--   phones       as shown, one a line
--   lng, lat     degrees (CGCS2000), both or neither
--   counters     number of counters
--   active       serves the public
--   version      grows with every change
CREATE TABLE office (
    id         {bytes} NOT NULL PRIMARY KEY,
    code       TEXT    NOT NULL,
    org_id     {bytes} NOT NULL,
    region     TEXT    NOT NULL,
    name_zh    TEXT    NOT NULL,
    name_en    TEXT    NOT NULL,
    address_zh TEXT    NOT NULL,
    address_en TEXT    NOT NULL,
    phones     TEXT    NOT NULL,
    lng        {f64},
    lat        {f64},
    counters   {i64}   NOT NULL CHECK (counters >= 0),
    active     {bool}  NOT NULL,
    version    {i64}   NOT NULL
) {strict};
CREATE UNIQUE INDEX office_code ON office (code);
CREATE INDEX office_region ON office (region, code);

-- A kind of business that is done at an office.
CREATE TABLE office_kind (
    office_id {bytes} NOT NULL REFERENCES office (id),
    item_kind TEXT    NOT NULL,
    PRIMARY KEY (office_id, item_kind)
) {strict};
CREATE INDEX office_kind_item ON office_kind (item_kind, office_id);

-- Hours of one weekday of an ordinary week; no row is closed.
--   weekday  1 is Monday
--   hours    '09:00-12:00 13:30-17:00'
CREATE TABLE office_hours (
    office_id {bytes} NOT NULL REFERENCES office (id),
    weekday   {i64}   NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    hours     TEXT    NOT NULL,
    PRIMARY KEY (office_id, weekday)
) {strict};

-- One day of one office that differs from its week.
--   hours         open at these hours; empty is closed
--   published_at  since when the public knows; a rest day opens only if that was before the day
--   note_*        why
CREATE TABLE office_day (
    office_id    {bytes} NOT NULL REFERENCES office (id),
    day          TEXT    NOT NULL,
    hours        TEXT    NOT NULL,
    published_at {i64},
    note_zh      TEXT    NOT NULL,
    note_en      TEXT    NOT NULL,
    PRIMARY KEY (office_id, day)
) {strict};

-- What an office offers for a kind of business on some weekdays.
--   weekdays        bits, 1 is Monday
--   on_special      also on special openings
--   hours           between these hours
--   minutes         length of a slot
--   places          places in a slot, online and on site
--   online_percent  share released online
--   day_from, day_to  first and last day
--   ended           no longer used for new days
CREATE TABLE slot_plan (
    id             {bytes} NOT NULL PRIMARY KEY,
    office_id      {bytes} NOT NULL REFERENCES office (id),
    item_kind      TEXT    NOT NULL,
    weekdays       {i64}   NOT NULL CHECK (weekdays BETWEEN 0 AND 127),
    on_special     {bool}  NOT NULL,
    hours          TEXT    NOT NULL,
    minutes        {i64}   NOT NULL CHECK (minutes BETWEEN 5 AND 1440),
    places         {i64}   NOT NULL CHECK (places >= 0),
    online_percent {i64}   NOT NULL CHECK (online_percent BETWEEN 0 AND 100),
    day_from       TEXT    NOT NULL,
    day_to         TEXT,
    ended          {bool}  NOT NULL
) {strict};
CREATE INDEX slot_plan_office ON slot_plan (office_id, item_kind);

-- A stretch of time with places. The CHECKs hold the capacity (P9-5).
--   release_at, close_at  from when until when it can be booked online
--   quota_*, taken_*      places and how many are taken; held and offered ones count as taken
--   closed_at             the office closed for this time
--   settled               the end has passed and no-shows are written down
CREATE TABLE slot (
    id           {bytes} NOT NULL PRIMARY KEY,
    office_id    {bytes} NOT NULL REFERENCES office (id),
    item_kind    TEXT    NOT NULL,
    day          TEXT    NOT NULL,
    start_at     {i64}   NOT NULL,
    end_at       {i64}   NOT NULL,
    release_at   {i64}   NOT NULL,
    close_at     {i64}   NOT NULL,
    quota_online {i64}   NOT NULL,
    quota_onsite {i64}   NOT NULL,
    taken_online {i64}   NOT NULL,
    taken_onsite {i64}   NOT NULL,
    closed_at    {i64},
    settled      {bool}  NOT NULL,
    CONSTRAINT slot_in_order CHECK (start_at < end_at),
    CONSTRAINT slot_not_negative CHECK (taken_online >= 0 AND taken_onsite >= 0 AND quota_onsite >= 0),
    CONSTRAINT slot_online_capacity CHECK (taken_online <= quota_online),
    CONSTRAINT slot_capacity CHECK (taken_online + taken_onsite <= quota_online + quota_onsite)
) {strict};
CREATE UNIQUE INDEX slot_once ON slot (office_id, item_kind, start_at);
CREATE INDEX slot_day ON slot (office_id, item_kind, day, start_at);
CREATE INDEX slot_unsettled ON slot (end_at) WHERE NOT settled;

-- A booking; while its form is filled in it is a hold (HELD until hold_until).
--   number        22 digits (P2.2), once confirmed
--   impl_code     the catalogue item for which it was made
--   channel       1 web, 2 counter, 3 program, 7 telephone
--   owner         who asked: kind and key of the actor, within which request_key is unique
--   account_id    the citizen's account, if one booked
--   request_key   the caller's idempotency key
--   request_hash  digest of what was asked under that key
--   moves         how often it was moved
--   partner_code  by which the other person confirms
--   code_tries    wrong codes entered so far
--   reminded      the reminder was put into the outbox
--   reseated      after a closure: the person was told and offered another time
--   needs         what somebody needs at the counter, sealed
CREATE TABLE booking (
    id           {bytes} NOT NULL PRIMARY KEY,
    number       TEXT,
    slot_id      {bytes} NOT NULL REFERENCES slot (id),
    office_id    {bytes} NOT NULL REFERENCES office (id),
    item_kind    TEXT    NOT NULL,
    impl_code    TEXT    NOT NULL,
    channel      {i64}   NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('HELD', 'BOOKED', 'ARRIVED', 'DONE', 'CANCELLED', 'LAPSED', 'NO_SHOW')),
    owner        TEXT    NOT NULL,
    account_id   {bytes},
    request_key  TEXT    NOT NULL,
    request_hash {bytes} NOT NULL,
    hold_until   {i64},
    moves        {i64}   NOT NULL,
    partner_code TEXT,
    code_tries   {i64}   NOT NULL,
    reminded     {bool}  NOT NULL,
    reseated     {bool}  NOT NULL,
    needs        {bytes},
    lang         TEXT    NOT NULL,
    created_at   {i64}   NOT NULL,
    changed_at   {i64}   NOT NULL
) {strict};
CREATE UNIQUE INDEX booking_number ON booking (number);
CREATE UNIQUE INDEX booking_request ON booking (owner, request_key);
CREATE UNIQUE INDEX booking_one_hold ON booking (owner) WHERE state = 'HELD' AND account_id IS NOT NULL;
CREATE INDEX booking_slot ON booking (slot_id, state);
CREATE INDEX booking_account ON booking (account_id, id);
CREATE INDEX booking_held ON booking (hold_until) WHERE state = 'HELD';

-- One of the people of a booking (spec README 8). A person is bound only when he confirmed (README 12).
--   ordinal    1 booked, 2 comes with him
--   person_id  the person, once bound
--   open       the booking is still to come; the unique keys below hold P9-4 and R-MR-44
--   seat       which of his few open bookings this is
--   name, id_no, phone  sealed
CREATE TABLE booking_party (
    id         {bytes} NOT NULL PRIMARY KEY,
    booking_id {bytes} NOT NULL REFERENCES booking (id),
    ordinal    {i64}   NOT NULL,
    person_id  {bytes},
    item_kind  TEXT    NOT NULL,
    day        TEXT    NOT NULL,
    open       {bool}  NOT NULL,
    seat       {i64},
    name       {bytes},
    id_type    TEXT    NOT NULL,
    id_no      {bytes},
    phone      {bytes},
    bound_at   {i64}
) {strict};
CREATE UNIQUE INDEX booking_party_ordinal ON booking_party (booking_id, ordinal);
CREATE UNIQUE INDEX booking_party_one_item ON booking_party (person_id, item_kind) WHERE open;
CREATE UNIQUE INDEX booking_party_one_day ON booking_party (person_id, day) WHERE open;
CREATE UNIQUE INDEX booking_party_seat ON booking_party (person_id, seat) WHERE open;
CREATE INDEX booking_party_person ON booking_party (person_id, booking_id);

-- The next number of an area and day, in lanes so that bookings of one area do not wait for each other.
CREATE TABLE booking_counter (
    region TEXT  NOT NULL,
    day    TEXT  NOT NULL,
    lane   {i64} NOT NULL,
    last   {i64} NOT NULL,
    PRIMARY KEY (region, day, lane)
) {strict};

-- Somebody who waits for a place.
--   day_from, day_to  any slot between these days will do
--   state             WAITING, OFFERED, BOOKED, LEFT
--   contact           phone and mail address, sealed
CREATE TABLE waiting (
    id         {bytes} NOT NULL PRIMARY KEY,
    account_id {bytes} NOT NULL,
    person_id  {bytes} NOT NULL,
    office_id  {bytes} NOT NULL REFERENCES office (id),
    item_kind  TEXT    NOT NULL,
    impl_code  TEXT    NOT NULL,
    day_from   TEXT    NOT NULL,
    day_to     TEXT    NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('WAITING', 'OFFERED', 'BOOKED', 'LEFT')),
    lang       TEXT    NOT NULL,
    queued_at  {i64}   NOT NULL,
    contact    {bytes} NOT NULL
) {strict};
CREATE UNIQUE INDEX waiting_once ON waiting (person_id, item_kind) WHERE state IN ('WAITING', 'OFFERED');
CREATE INDEX waiting_queue ON waiting (office_id, item_kind, queued_at, id) WHERE state = 'WAITING';
CREATE INDEX waiting_account ON waiting (account_id, id);

-- A place kept for one waiting person, or for one booking whose office closed. It counts as taken in its slot.
--   until  when it goes on to the next
--   state  OPEN, TAKEN, LAPSED, DECLINED
CREATE TABLE slot_offer (
    id         {bytes} NOT NULL PRIMARY KEY,
    slot_id    {bytes} NOT NULL REFERENCES slot (id),
    waiting_id {bytes} REFERENCES waiting (id),
    booking_id {bytes} REFERENCES booking (id),
    until      {i64}   NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('OPEN', 'TAKEN', 'LAPSED', 'DECLINED')),
    offered_at {i64}   NOT NULL,
    CONSTRAINT slot_offer_for_one CHECK ((waiting_id IS NULL) <> (booking_id IS NULL))
) {strict};
CREATE INDEX slot_offer_slot ON slot_offer (slot_id) WHERE state = 'OPEN';
CREATE INDEX slot_offer_until ON slot_offer (until) WHERE state = 'OPEN';
CREATE UNIQUE INDEX slot_offer_waiting ON slot_offer (waiting_id) WHERE state = 'OPEN';
CREATE UNIQUE INDEX slot_offer_booking ON slot_offer (booking_id) WHERE state = 'OPEN';

-- A no-show of one person; lifted for proven cause (P9-7).
CREATE TABLE no_show (
    id          {bytes} NOT NULL PRIMARY KEY,
    person_id   {bytes} NOT NULL,
    booking_id  {bytes} NOT NULL REFERENCES booking (id),
    day         TEXT    NOT NULL,
    recorded_at {i64}   NOT NULL,
    lifted_at   {i64},
    lifted_by   {bytes},
    reason      TEXT
) {strict};
CREATE UNIQUE INDEX no_show_once ON no_show (person_id, booking_id);
CREATE INDEX no_show_person ON no_show (person_id, day);

-- Somebody who came without a booking (R-MR-45).
--   slot_id  the place on site that he took; none if all were taken, he waits all the same
--   number   on his ticket, counted per office and day
CREATE TABLE walk_in (
    id        {bytes} NOT NULL PRIMARY KEY,
    office_id {bytes} NOT NULL REFERENCES office (id),
    item_kind TEXT    NOT NULL,
    day       TEXT    NOT NULL,
    slot_id   {bytes} REFERENCES slot (id),
    number    {i64}   NOT NULL,
    state     TEXT    NOT NULL CHECK (state IN ('WAITING', 'DONE', 'LEFT')),
    came_at   {i64}   NOT NULL
) {strict};
CREATE UNIQUE INDEX walk_in_number ON walk_in (office_id, day, number);

-- How a service books one kind of business: parameters with their sources, as JSON.
CREATE TABLE booking_profile (
    item_kind TEXT NOT NULL PRIMARY KEY,
    profile   TEXT NOT NULL
) {strict};
