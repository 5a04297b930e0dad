//! What can be done, one operation or one short conversation a file.

mod close;
mod contacts;
mod counter;
mod guardian;
mod my_data;
mod own;
mod password;
mod real_name;
mod reset;
mod sign_in;
mod sign_up;
mod staff;
mod staff_list;
mod staff_sign_in;
mod view;

pub use close::{close_account, ensure_password, kept};
pub use contacts::{ContactKind, confirm_contact, own_contacts, remove_contact, request_contact};
pub use counter::{Vouch, vouch};
pub use guardian::{Consent, ConsentId, GiveConsent, Relation, give_consent, require_consent, withdraw_consent};
pub use my_data::{Look, MyData, my_data};
pub use own::{copy_taken, only_stored, own_data};
pub use password::{ChangePassword, change_password, password_until};
pub use real_name::{RealName, real_name};
pub use reset::{NewPassword, confirm_reset, request_reset};
pub use sign_in::{SignIn, sign_in};
pub use sign_up::{ConfirmSignUp, Sent, SignUp, confirm_sign_up, request_sign_up};
pub use staff::{AddStaff, Added, add_staff, end_sessions, give_password, grant, reset_totp, revoke_grant, suspend};
pub use staff_list::{STAFF_ON_A_PAGE, list_staff, show_staff};
pub use staff_sign_in::{StaffSignIn, staff_sign_in};
pub use view::{ViewChoice, choose_view, view_choice};

use platform::{AccountId, Ctx, Error, Result};

use crate::issues;

/// The account of the citizen who acts.
fn own_account(ctx: &Ctx) -> Result<AccountId> {
    ctx.actor().citizen().map(|citizen| citizen.account).ok_or(Error::SignIn)
}

/// Lets a citizen pass whose level of assurance is high enough for what he asks (1 to 3), and staff not at all.
///
/// # Errors
/// [`Error::SignIn`] for visitors, `E-P802` when the level is too low.
pub fn require_level(ctx: &Ctx, least: u8) -> Result<platform::PersonId> {
    let citizen = ctx.actor().citizen().ok_or(Error::SignIn)?;
    citizen.person.filter(|_| citizen.level >= least).ok_or_else(issues::level_too_low)
}
