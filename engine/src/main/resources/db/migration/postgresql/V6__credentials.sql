-- Credentials of instances age and are renewed. Those that there are begin to age now.

ALTER TABLE instance ADD COLUMN credential_issued_at BIGINT NOT NULL DEFAULT 0;
UPDATE instance SET credential_issued_at = CAST(EXTRACT(EPOCH FROM now()) AS BIGINT) * 1000;

-- The one that was given out and not used yet; the older one is good until it is.
ALTER TABLE instance ADD COLUMN next_digest TEXT;
ALTER TABLE instance ADD COLUMN next_issued_at BIGINT;
ALTER TABLE instance ADD COLUMN renewal_wanted BOOLEAN NOT NULL DEFAULT FALSE;
