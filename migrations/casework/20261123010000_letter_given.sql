-- A person sees who may act for him.
CREATE INDEX case_letter_given ON case_letter (principal_person, until_day) WHERE principal_person IS NOT NULL;
