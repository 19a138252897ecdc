-- What a request was answered with, where that cannot be told once more from what it led to.
ALTER TABLE idempotency ADD COLUMN answer TEXT;
