-- How far this service has followed the change feeds of other services. A row is written in the transaction that applies
-- what it says was applied.
CREATE TABLE followed_feeds (
  peer TEXT NOT NULL,                -- "releases"
  feed TEXT NOT NULL,                -- what of it is followed: "newsrooms"
  token TEXT NOT NULL,               -- everything up to here has been applied; empty: everything must be listed first
  generation BIGINT NOT NULL,        -- how often a listing was begun; who began one makes all others stand back
  listing_until_us BIGINT NOT NULL,  -- a replica is listing, and has until then to go on; 0: none is
  update_us BIGINT NOT NULL,
  PRIMARY KEY (peer, feed)
);
