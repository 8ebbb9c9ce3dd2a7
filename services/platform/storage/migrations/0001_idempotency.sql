-- What calls with a request_id have done (AIP-155). The row is inserted before anything else of its transaction, so that
-- the same call made twice at once waits for the first; name and revision are filled in before the commit.
CREATE TABLE idempotency_records (
  principal TEXT NOT NULL,
  method TEXT NOT NULL,
  request_id TEXT NOT NULL,
  fingerprint BYTES NOT NULL,  -- SHA-256 of the request
  name TEXT NOT NULL,          -- of the resource that the call made or changed
  revision TEXT NOT NULL,      -- what of it the answer showed
  create_us BIGINT NOT NULL,
  PRIMARY KEY (principal, method, request_id)
);
CREATE INDEX idempotency_records_by_time ON idempotency_records (create_us);
