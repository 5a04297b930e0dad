-- How many act for one and the same person is counted for each new letter.
CREATE INDEX case_letter_principal ON case_letter (principal, until_day);
