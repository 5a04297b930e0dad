-- Figures of cross-region handling and the lists behind them go by the time at which a case was taken in.
CREATE INDEX cross_case_opened ON cross_case (opened_at, case_id);
