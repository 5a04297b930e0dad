-- A keyed hash of a fixed text: tells whether the key ring at hand is the one with which this database was hashed.
CREATE TABLE key_mark (
    name TEXT NOT NULL PRIMARY KEY,
    mark {bytes} NOT NULL
) {strict};
