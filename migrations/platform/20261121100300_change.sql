-- What the search index has to read again: keys only, in the order of commit as far as it is sure.
CREATE TABLE search_change (
    seq {serial},                       -- grows; on PostgreSQL not in the order of commit
    id {bytes} NOT NULL,                -- time-ordered
    kind TEXT NOT NULL,                 -- item, office
    object_key TEXT NOT NULL,
    at {i64} NOT NULL,
    txid {txid}                         -- PostgreSQL: the writing transaction; the index follows in this order
) {strict};
CREATE INDEX search_change_at ON search_change (at);
CREATE INDEX search_change_txid ON search_change (txid);
