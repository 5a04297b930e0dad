-- The hall of an office: where people take tickets and are called (OVP P9).
--   rules     the numbers of its queue with their sources, as JSON
--   key_hash  keyed hash of the key in the addresses of its kiosk and screen
--   key       that key, sealed
--   version   grows with every change
CREATE TABLE hall (
    office_id {bytes} NOT NULL PRIMARY KEY REFERENCES office (id),
    rules     TEXT    NOT NULL,
    key_hash  {bytes} NOT NULL,
    key       {bytes} NOT NULL,
    version   {i64}   NOT NULL
) {strict};
CREATE UNIQUE INDEX hall_key ON hall (key_hash);

-- A group of items that share a row of numbers.
--   letter   before the number: A023
--   minutes  expected length of one visit, until enough have been served
--   active   tickets are given out
CREATE TABLE hall_group (
    id        {bytes} NOT NULL PRIMARY KEY,
    office_id {bytes} NOT NULL REFERENCES hall (office_id),
    letter    TEXT    NOT NULL,
    name_zh   TEXT    NOT NULL,
    name_en   TEXT    NOT NULL,
    minutes   {i64}   NOT NULL CHECK (minutes BETWEEN 1 AND 480),
    active    {bool}  NOT NULL
) {strict};
CREATE UNIQUE INDEX hall_group_letter ON hall_group (office_id, letter);

-- A kind of business of a group; at one office it belongs to one group.
CREATE TABLE hall_group_kind (
    office_id {bytes} NOT NULL REFERENCES hall (office_id),
    item_kind TEXT    NOT NULL,
    group_id  {bytes} NOT NULL REFERENCES hall_group (id),
    PRIMARY KEY (office_id, item_kind)
) {strict};
CREATE INDEX hall_group_kind_group ON hall_group_kind (group_id);

-- A window.
--   no          as painted above it
--   staff_id    who sits there while it is open
--   staff_name  his name, for colleagues
--   opened_at   since when it is open; an opening ends with its day
CREATE TABLE hall_window (
    id         {bytes} NOT NULL PRIMARY KEY,
    office_id  {bytes} NOT NULL REFERENCES hall (office_id),
    no         {i64}   NOT NULL CHECK (no BETWEEN 1 AND 999),
    staff_id   {bytes},
    staff_name TEXT    NOT NULL,
    opened_at  {i64},
    CONSTRAINT hall_window_open CHECK ((staff_id IS NULL) = (opened_at IS NULL))
) {strict};
CREATE UNIQUE INDEX hall_window_no ON hall_window (office_id, no);
CREATE UNIQUE INDEX hall_window_staff ON hall_window (staff_id);

-- Which groups a window serves.
CREATE TABLE hall_window_group (
    window_id {bytes} NOT NULL REFERENCES hall_window (id),
    group_id  {bytes} NOT NULL REFERENCES hall_group (id),
    PRIMARY KEY (window_id, group_id)
) {strict};

-- Calls of a hall and day. Whoever calls takes this row first, so that each sees the calls before his own.
CREATE TABLE hall_day (
    office_id {bytes} NOT NULL REFERENCES hall (office_id),
    day       TEXT    NOT NULL,
    calls     {i64}   NOT NULL,
    PRIMARY KEY (office_id, day)
) {strict};

-- The last number of a group and day, taken last in the transaction: no gap.
CREATE TABLE hall_counter (
    group_id {bytes} NOT NULL REFERENCES hall_group (id),
    day      TEXT    NOT NULL,
    last     {i64}   NOT NULL,
    PRIMARY KEY (group_id, day)
) {strict};

-- A ticket.
--   number       with the group's letter what is on the paper
--   class        1 and 2 go first, 3 booked, 4 walk-in
--   ground       code of the reason of class 1 or 2; empty otherwise
--   source       KIOSK, COUNTER or PROGRAM
--   token        128 random bits in the address of its page; the page shows nothing personal and ends with the day
--   request_key  the caller's idempotency key, unique in the hall
--   booking_id   the booking that was shown; a booking has one ticket
--   slot_start   when that booking's slot begins
--   slot_id      the place on site that a walk-in took, if one was left
--   name         whom to call, sealed; none where only the number is called
--   taken_at     when it was taken; first come first served within a class
--   after_id     queued again behind this ticket
--   requeues     how often it was queued again
--   target_id    handed over to this window, which calls it first
--   call_seq     its first call among the calls of the hall and day
--   calls        how often it was called since it last waited
--   first_call, last_call  when
--   window_id    the window that called it
--   spent        microseconds at windows before it was handed over
CREATE TABLE hall_ticket (
    id          {bytes} NOT NULL PRIMARY KEY,
    office_id   {bytes} NOT NULL REFERENCES hall (office_id),
    group_id    {bytes} NOT NULL REFERENCES hall_group (id),
    day         TEXT    NOT NULL,
    number      {i64}   NOT NULL,
    class       {i64}   NOT NULL CHECK (class BETWEEN 1 AND 4),
    ground      TEXT    NOT NULL,
    source      TEXT    NOT NULL CHECK (source IN ('KIOSK', 'COUNTER', 'PROGRAM')),
    token       TEXT    NOT NULL,
    request_key TEXT    NOT NULL,
    booking_id  {bytes} REFERENCES booking (id),
    slot_start  {i64},
    slot_id     {bytes} REFERENCES slot (id),
    name        {bytes},
    taken_at    {i64}   NOT NULL,
    state       TEXT    NOT NULL CHECK (state IN ('WAITING', 'CALLED', 'SERVING', 'DONE', 'PASSED', 'VOID')),
    after_id    {bytes} REFERENCES hall_ticket (id),
    requeues    {i64}   NOT NULL,
    target_id   {bytes} REFERENCES hall_window (id),
    call_seq    {i64},
    calls       {i64}   NOT NULL,
    first_call  {i64},
    last_call   {i64},
    window_id   {bytes} REFERENCES hall_window (id),
    staff_id    {bytes},
    served_from {i64},
    served_to   {i64},
    spent       {i64}   NOT NULL
) {strict};
CREATE UNIQUE INDEX hall_ticket_number ON hall_ticket (group_id, day, number);
CREATE UNIQUE INDEX hall_ticket_token ON hall_ticket (token);
CREATE UNIQUE INDEX hall_ticket_request ON hall_ticket (office_id, request_key);
CREATE UNIQUE INDEX hall_ticket_booking ON hall_ticket (booking_id);
CREATE UNIQUE INDEX hall_ticket_call ON hall_ticket (office_id, day, call_seq);
CREATE UNIQUE INDEX hall_ticket_at_window ON hall_ticket (window_id) WHERE state IN ('CALLED', 'SERVING');
CREATE INDEX hall_ticket_live ON hall_ticket (office_id, day) WHERE state IN ('WAITING', 'CALLED', 'SERVING', 'PASSED');
CREATE INDEX hall_ticket_day ON hall_ticket (office_id, day, taken_at);
CREATE INDEX hall_ticket_left ON hall_ticket (day) WHERE state IN ('WAITING', 'CALLED', 'SERVING', 'PASSED');

-- Visits that a group has served on a day, for the estimate of the wait.
--   micros  their whole length
CREATE TABLE hall_pace (
    group_id {bytes} NOT NULL REFERENCES hall_group (id),
    day      TEXT    NOT NULL,
    served   {i64}   NOT NULL,
    micros   {i64}   NOT NULL,
    PRIMARY KEY (group_id, day)
) {strict};
