//! Every journey of the project; one binary. The language is in [`kit`].
//!
//! ```ignore
//! journey!(p9_5_the_last_place_is_given_once, |site| {
//!     let mut li = site.visitor();
//!     li.opens("/book/350203").await.sees("选择办事地点");
//!     li.fills("#book", &[("day", "2026-07-08")]).await.sees("余 1");
//!     li.submits("/bookings", &[("slot", "540")]).await.is(303).follows().await.sees("预约成功");
//!     site.set_now(at(2026, 7, 9, 0, 0));
//! });
//! ```

mod abroad;
mod accessibility;
mod account;
mod account_data;
mod account_own;
mod api_admin;
mod api_apply;
mod api_desk;
mod api_program;
mod api_work;
mod apply;
mod apply_shop;
mod backentry;
mod bad_input;
mod booking;
mod booking_rules;
mod certificate;
mod complaint_rules;
mod complaints;
mod cost;
mod couple;
mod desk;
mod desk_work;
mod divorce;
mod doors;
mod everywhere;
mod frame;
mod hall;
mod hall_counter;
mod help;
mod kit;
mod licences;
mod notices;
mod organization_matters;
mod organization_own;
mod organization_public;
mod organization_registration;
mod organization_supervision;
mod partners;
mod places;
mod rating_rules;
mod ratings;
mod register_rules;
mod reissue;
mod release;
mod search;
mod statistics;
mod supervision;
mod whole;
mod window;
