-- A person's own entries, those that ended too: for the copy of his data.
CREATE INDEX marriage_party_person ON marriage_party (person);
