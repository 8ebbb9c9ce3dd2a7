-- What has changed in this store, for everybody who follows it: two feeds, 1 is internal (every write), 2 is public (what
-- has become public, has changed there or has gone).

-- Which store the positions are of. One row, made when the service first starts; a new id after a restore.
CREATE TABLE feed_stores (
  one BIGINT NOT NULL PRIMARY KEY,  -- 1
  store_id TEXT NOT NULL            -- a UUID
);

-- Where each feed stands. The last statements of every transaction that changes something raise it: whoever does that
-- second waits for the first to commit, so positions are in the order of commits and have no gaps.
CREATE TABLE feed_heads (
  feed BIGINT NOT NULL PRIMARY KEY,
  position BIGINT NOT NULL
);
INSERT INTO feed_heads (feed, position) VALUES (1, 0), (2, 0);

-- How much of each feed has been removed. A table of its own: removing must not hold up writers.
CREATE TABLE feed_trims (
  feed BIGINT NOT NULL PRIMARY KEY,
  position BIGINT NOT NULL,  -- entries up to this one are gone
  next_us BIGINT NOT NULL    -- not to be trimmed before
);
INSERT INTO feed_trims (feed, position, next_us) VALUES (1, 0, 0), (2, 0, 0);

-- One change each. Never text, never personal data: who follows reads the resource itself, as it is then.
CREATE TABLE feed_entries (
  feed BIGINT NOT NULL,
  position BIGINT NOT NULL,
  newsroom TEXT NOT NULL,    -- "newsrooms/igh"
  name TEXT NOT NULL,        -- of the resource
  uid TEXT NOT NULL,
  type TEXT NOT NULL,        -- in words: "release"
  verb TEXT NOT NULL,        -- what was done: "CORRECTED"
  revision TEXT NOT NULL,    -- which the change is about, or made
  actor TEXT NOT NULL,       -- the principal's name
  request_id TEXT NOT NULL,
  time_us BIGINT NOT NULL,
  PRIMARY KEY (feed, position)
);
