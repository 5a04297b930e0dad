-- Tries are counted in `guard`, where those of passwords are.
DROP TABLE interaction_guard;
