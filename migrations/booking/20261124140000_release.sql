-- A timed release of the places of one sought-after day: who joined waits in one order, and places are given in that order.
--   region, org_id           the authority that announced it
--   mode                     ARRIVAL: in order of joining; DRAW: in an order that is drawn after joining has closed
--   join_at, join_until      from when until when one can join
--   turns_at                 from when places are given
--   ends_at                  from when whatever is left can be booked by everybody
--   turn_minutes             how long somebody whose turn it is has to choose
--   at_once                  at most so many have their turn at the same time
--   network_minute           at most so many joins a minute out of one network; 0 is no limit
--   joins_each               how often one person can join, leave and join again
--   listed                   entries on the closed list of a draw
--   placed                   entries that have a place
--   served                   the last place whose turn has come
--   free                     places left, as of the last second
--   commitment               SM3 of the seed, published when the draw is announced
--   seed                     the seed, sealed until it is revealed
--   source_*                 where the public value will come from, published when the draw is announced
--   closed_at, root          when the list of entrants was closed, and its Merkle root
--   public_value, value_at   the value as published by its source, and when it was entered
--   drawn_at, revealed       when the order stood, and the seed in clear
CREATE TABLE slot_release (
    id             {bytes} NOT NULL PRIMARY KEY,
    region         TEXT    NOT NULL,
    org_id         {bytes} NOT NULL,
    impl_code      TEXT    NOT NULL,
    item_kind      TEXT    NOT NULL,
    day            TEXT    NOT NULL,
    mode           TEXT    NOT NULL CHECK (mode IN ('ARRIVAL', 'DRAW')),
    join_at        {i64}   NOT NULL,
    join_until     {i64}   NOT NULL,
    turns_at       {i64}   NOT NULL,
    ends_at        {i64}   NOT NULL,
    turn_minutes   {i64}   NOT NULL,
    at_once        {i64}   NOT NULL,
    network_minute {i64}   NOT NULL,
    joins_each     {i64}   NOT NULL,
    announced_at   {i64}   NOT NULL,
    cancelled_at   {i64},
    listed         {i64}   NOT NULL,
    placed         {i64}   NOT NULL,
    served         {i64}   NOT NULL,
    free           {i64}   NOT NULL,
    commitment     {bytes},
    seed           {bytes},
    source_zh      TEXT    NOT NULL,
    source_en      TEXT    NOT NULL,
    closed_at      {i64},
    root           {bytes},
    public_value   TEXT,
    value_at       {i64},
    drawn_at       {i64},
    revealed       {bytes},
    CONSTRAINT slot_release_in_order CHECK (join_at < join_until AND turns_at < ends_at)
) {strict};
CREATE INDEX slot_release_ends ON slot_release (ends_at, id);

-- An office whose places of the day are released that way. One release an office, kind of business and day.
CREATE TABLE slot_release_office (
    release_id {bytes} NOT NULL REFERENCES slot_release (id),
    office_id  {bytes} NOT NULL REFERENCES office (id),
    item_kind  TEXT    NOT NULL,
    day        TEXT    NOT NULL,
    ends_at    {i64}   NOT NULL,
    open       {bool}  NOT NULL,
    PRIMARY KEY (release_id, office_id)
) {strict};
CREATE UNIQUE INDEX slot_release_office_once ON slot_release_office (office_id, item_kind, day) WHERE open;

-- Somebody, or a couple, who joined.
--   couple_hash   keyed hash of both documents in one order: a couple has one entry, whoever of the two joins
--   network_hash  keyed hash of the network, for the limit a minute
--   received_at   when the server received it
--   open          still counts; false once it was left or its turn passed
--   leaf          number on the closed list of a draw
--   place         the place in the order, from 1
--   state         WAITING, TURN until turn_until, TAKEN by booking_id, PASSED, LEFT
CREATE TABLE release_entry (
    id           {bytes} NOT NULL PRIMARY KEY,
    release_id   {bytes} NOT NULL REFERENCES slot_release (id),
    account_id   {bytes} NOT NULL,
    couple_hash  {bytes} NOT NULL,
    network_hash {bytes} NOT NULL,
    received_at  {i64}   NOT NULL,
    open         {bool}  NOT NULL,
    leaf         {i64},
    place        {i64},
    state        TEXT    NOT NULL CHECK (state IN ('WAITING', 'TURN', 'TAKEN', 'PASSED', 'LEFT')),
    turn_until   {i64},
    booking_id   {bytes} REFERENCES booking (id)
) {strict};
CREATE UNIQUE INDEX release_entry_couple ON release_entry (release_id, couple_hash) WHERE open;
CREATE UNIQUE INDEX release_entry_place ON release_entry (release_id, place);
CREATE UNIQUE INDEX release_entry_leaf ON release_entry (release_id, leaf);
CREATE UNIQUE INDEX release_entry_booking ON release_entry (booking_id);
CREATE INDEX release_entry_new ON release_entry (release_id, received_at, id) WHERE place IS NULL AND leaf IS NULL;
CREATE INDEX release_entry_waiting ON release_entry (release_id, place) WHERE state = 'WAITING';
CREATE INDEX release_entry_turn ON release_entry (release_id, turn_until) WHERE state = 'TURN';
CREATE INDEX release_entry_network ON release_entry (release_id, network_hash, received_at);

-- A person of an entry: who joined, and the other one once he joined as well. One open entry a person and release.
CREATE TABLE release_person (
    entry_id   {bytes} NOT NULL REFERENCES release_entry (id),
    release_id {bytes} NOT NULL REFERENCES slot_release (id),
    person_id  {bytes} NOT NULL,
    open       {bool}  NOT NULL,
    PRIMARY KEY (entry_id, person_id)
) {strict};
CREATE UNIQUE INDEX release_person_once ON release_person (release_id, person_id) WHERE open;
CREATE INDEX release_person_person ON release_person (person_id, release_id);
