-- The list behind a count of a report: by the day on which it came in.
CREATE INDEX IF NOT EXISTS complaint_received_day ON complaint (received_on, id);
