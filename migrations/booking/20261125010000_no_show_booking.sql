-- The no-shows of a booking are looked up where a clerk takes them back.
CREATE INDEX no_show_booking ON no_show (booking_id);
