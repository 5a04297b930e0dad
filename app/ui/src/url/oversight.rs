//! Addresses of figures and of supervision.

use kernel::Id;

fixed! {
    /// The questions and complaints behind a count.
    statistics_complaints => "/statistics/complaints";
    /// The same as a file.
    statistics_complaints_export => "/statistics/complaints/export";
    /// Figures: one question and its answer.
    statistics => "/statistics";
    /// The same on paper.
    statistics_print => "/statistics/print";
    /// The list behind one figure.
    statistics_cases => "/statistics/cases";
    /// The forms of the reports.
    statistics_forms => "/statistics/forms";
    /// Any of these to take along.
    statistics_export => "/statistics/export";
    /// The supervision's wall.
    supervision => "/supervision";
    /// Cards, by region and organisation.
    supervision_cards => "/supervision/cards";
    /// Open cases that are warned or overdue.
    supervision_cases => "/supervision/cases";
    /// Cards of a period by rule.
    supervision_rules => "/supervision/rules";
    /// Cases that one place takes in for the body of another, counted.
    supervision_places => "/supervision/places";
    /// The cases behind one of these figures.
    supervision_places_cases => "/supervision/places/cases";
    /// Issuing a card by hand.
    supervision_raise => "/supervision/raise";
    /// Thresholds of lights and cards.
    supervision_thresholds => "/supervision/thresholds";
    /// The cards that one has received.
    my_cards => "/cards";
}

by_id! {
    /// A card.
    card => "/cards/", "";
    /// Answers it (POST).
    card_answer => "/cards/", "/answer";
    /// Cancels it (POST).
    card_cancel => "/cards/", "/cancel";
}
