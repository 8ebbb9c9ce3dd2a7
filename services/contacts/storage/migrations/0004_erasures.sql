-- That people were erased. `contact` is the name of the contact that was; `next_us` says when a running one is to be gone on
-- with: until then a replica is at it, or it has just failed.
CREATE TABLE erasures (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  name TEXT NOT NULL,
  contact TEXT NOT NULL,
  state BIGINT NOT NULL,
  next_us BIGINT NOT NULL,
  etag BIGINT NOT NULL,
  actor TEXT NOT NULL,
  request_id TEXT NOT NULL,
  create_us BIGINT NOT NULL,
  update_us BIGINT NOT NULL,
  delete_us BIGINT NOT NULL,
  payload BYTES NOT NULL,
  payload_schema BIGINT NOT NULL,
  min_writer BIGINT NOT NULL,
  PRIMARY KEY (newsroom_uid, uid)
);
CREATE UNIQUE INDEX erasures_by_name ON erasures (newsroom_uid, name);
CREATE INDEX erasures_by_contact ON erasures (newsroom_uid, contact);
CREATE INDEX erasures_by_state ON erasures (state, next_us);
