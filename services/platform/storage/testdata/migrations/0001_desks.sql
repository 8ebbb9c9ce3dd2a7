-- Two tables and what the dump shows of them. The word TEXT here, and in a 'TEXT' literal, stays.
CREATE TABLE desks (
  uid TEXT NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  floor BIGINT NOT NULL,
  payload BYTES NOT NULL,
  UNIQUE (floor, name)
);
CREATE INDEX desks_by_name ON desks (name, uid DESC);
INSERT INTO desks (uid, name, floor, payload) VALUES ('u1', 'TEXT; BYTES -- no comment', 1, '');
