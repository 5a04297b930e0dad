-- A marriage that ends otherwise takes the divorce in process with it.
CREATE INDEX divorce_case_marriage ON divorce_case (marriage) WHERE open;
