-- Where the other servers reach each, and the certificate that it shows there; encrypted. Empty: nowhere.
ALTER TABLE server ADD COLUMN peer TEXT NOT NULL DEFAULT '';
