-- Regions of this instance, from the province down. Names and parents change by succession, never in place.
CREATE TABLE region (
    code TEXT NOT NULL PRIMARY KEY,     -- 6, 9 or 12 digits (GB/T 2260, GB/T 10114, statistical codes)
    name TEXT NOT NULL,                 -- as officially published
    parent TEXT REFERENCES region (code) -- the region above: data, never computed from the digits
) {strict};
CREATE INDEX region_parent ON region (parent, code);

-- Every region with all regions above it and itself: what a grant for a region covers.
CREATE TABLE region_closure (
    ancestor TEXT NOT NULL REFERENCES region (code),
    descendant TEXT NOT NULL REFERENCES region (code),
    PRIMARY KEY (ancestor, descendant)
) {strict};
CREATE INDEX region_closure_descendant ON region_closure (descendant, ancestor);

-- Organisations that work with this instance.
CREATE TABLE organisation (
    id {bytes} NOT NULL PRIMARY KEY,
    uscc TEXT NOT NULL,                 -- unified social credit code (GB 32100), 18 characters
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    region TEXT NOT NULL REFERENCES region (code)
) {strict};
CREATE UNIQUE INDEX organisation_uscc ON organisation (uscc);
CREATE INDEX organisation_region ON organisation (region, uscc);
