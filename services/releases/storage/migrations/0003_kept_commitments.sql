-- What is kept beside revisions of releases from which a person was erased, in the place of the key that their digests
-- were made with (domain/kept_commitments.proto).
CREATE TABLE kept_commitments (
  newsroom_uid TEXT NOT NULL,
  release_uid TEXT NOT NULL,
  number BIGINT NOT NULL,
  payload BYTES NOT NULL,
  PRIMARY KEY (newsroom_uid, release_uid, number)
);
