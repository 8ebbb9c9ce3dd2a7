-- On what ground data about people is used, and whom not to write to.

-- Written once and never changed. `contact` is the contact's name: records stay with the contact that they were made for when
-- it is merged. `purpose` 0: all purposes.
CREATE TABLE processing_records (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  name TEXT NOT NULL,
  contact TEXT NOT NULL,
  purpose BIGINT NOT NULL,
  event BIGINT NOT NULL,
  basis BIGINT NOT NULL,
  event_us BIGINT NOT NULL,
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
CREATE UNIQUE INDEX processing_records_by_name ON processing_records (newsroom_uid, name);
CREATE INDEX processing_records_by_contact ON processing_records (newsroom_uid, contact);

-- Addresses that are not written to, by nothing but a keyed hash: `address_mac` is the HMAC of the address under the key that
-- `key_id` is the fingerprint of. No row says whose address it is. Not unique: whoever makes one looks first, under the lock of
-- the newsroom's row, and lifted ones stay for a while.
CREATE TABLE suppressions (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  name TEXT NOT NULL,
  channel BIGINT NOT NULL,
  reason BIGINT NOT NULL,
  address_mac TEXT NOT NULL,
  key_id TEXT NOT NULL,
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
CREATE UNIQUE INDEX suppressions_by_name ON suppressions (newsroom_uid, name);
CREATE INDEX suppressions_by_address ON suppressions (address_mac, newsroom_uid);
CREATE INDEX suppressions_by_key ON suppressions (key_id);
CREATE INDEX suppressions_by_deletion ON suppressions (delete_us);
