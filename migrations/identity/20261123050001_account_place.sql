-- Networks from which an account was used, so that its holder is told of a sign-in from another one.
CREATE TABLE account_place (
    account_id {bytes} NOT NULL REFERENCES account (id),
    network {bytes} NOT NULL,            -- keyed hash of the network's address
    seen_at {i64} NOT NULL,              -- last sign-in from there
    PRIMARY KEY (account_id, network)
) {strict};
CREATE INDEX account_place_seen ON account_place (seen_at);
