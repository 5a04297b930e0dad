//! Addresses of what is one's own: account, matters, applications, notices.

use kernel::Id;
use std::fmt::Display;

use super::segment;

fixed! {
    /// Signing in.
    sign_in => "/sign-in";
    /// Opening an account.
    sign_up => "/sign-up";
    /// Signing in as staff (POST).
    sign_in_staff => "/sign-in/staff";
    /// The code that confirms a new account.
    sign_up_code => "/sign-up/code";
    /// The code that allows a new password.
    reset_code => "/reset/code";
    /// Ends the session (POST).
    sign_out => "/sign-out";
    /// A forgotten password.
    reset => "/reset";
    /// The real-name step.
    real_name => "/real-name";
    /// 我的事: one's own matters.
    me => "/me";
    /// Changing one's own password.
    my_password => "/me/password";
    /// One's own number and address.
    my_contacts => "/me/contacts";
    /// The code that confirms a number or address (POST).
    my_contact_code => "/me/contacts/code";
    /// One's own tokens for programs.
    my_tokens => "/me/tokens";
    /// How long the session lasts, and longer by asking.
    my_session => "/me/session";
    /// What one has been told.
    notices => "/notices";
    /// Marks all of it as read (POST).
    notices_read => "/notices/read";
    /// What one wants to be told by which way.
    notice_preferences => "/me/notices/preferences";
    /// One's own data and who looked at them.
    my_data => "/me/data";
    /// A copy of everything that is kept about oneself, for other systems.
    my_copy_json => "/me/data/copy.json";
    /// The same on paper.
    my_copy_pdf => "/me/data/copy.pdf";
    /// Closes one's account.
    close_account => "/me/close";
    /// A guardian consents at the counter.
    desk_guardian => "/desk/identity/guardian";
    /// One's own certificates.
    my_certificates => "/me/certificates";
    /// Lets somebody read one's own certificates once: question and act.
    my_certificate_consent => "/me/certificates/consent";
    /// One's own documents.
    my_papers => "/me/papers";
    /// One's own matters: what is begun and what is under way.
    my_matters => "/me/matters";
    /// Letters of authority: by which one acts, and by which others act for one.
    my_letters => "/me/letters";
    /// Handing in a letter of authority.
    my_letter_new => "/me/letters/new";
    /// How far a matter is, by its number.
    progress => "/progress";
}

by_code! {
    /// Taking one's own number or address away: question and act.
    my_contact_remove => "/me/contacts/", "/remove";
    /// Applying for an item: for whom, and the questions that decide what else is asked.
    apply => "/apply/", "";
    /// Its papers.
    apply_papers => "/apply/", "/papers";
    /// Checking the answers, and submitting.
    apply_check => "/apply/", "/check";
    /// Throwing a draft away: question and act.
    apply_discard => "/apply/", "/discard";
}

by_id! {
    /// One of one's own matters.
    my_matter => "/me/matters/", "";
    /// Sends a paper for it (POST).
    my_matter_papers => "/me/matters/", "/papers";
    /// Sends it back to the office, mended (POST).
    my_matter_act => "/me/matters/", "/act";
    /// Withdrawing it: question and act.
    my_matter_withdraw => "/me/matters/", "/withdraw";
    /// Revoking a letter of authority: question and act.
    my_letter_revoke => "/me/letters/", "/revoke";
    /// One notice.
    notice => "/notices/", "";
    /// Marks one of them as read (POST).
    notice_read => "/notices/", "/read";
    /// Revoking one of one's own tokens: question and act.
    my_token_revoke => "/me/tokens/", "/revoke";
    /// The file of one's own certificate.
    my_certificate_file => "/me/certificates/", "/file";
    /// An annotated copy of it for one user and purpose.
    my_certificate_copy => "/me/certificates/", "/copy";
    /// The detached signature beside it.
    my_certificate_signature => "/me/certificates/", "/signature";
}

/// One page of the form of an item.
pub fn apply_section(code: impl Display, section: &str) -> String {
    format!("/apply/{}/sections/{}", segment(&code.to_string()), segment(section))
}

/// A paper of one's draft.
pub fn apply_paper<K>(code: impl Display, paper: Id<K>) -> String {
    format!("/apply/{}/papers/{paper}", segment(&code.to_string()))
}

/// A paper of one's own matter.
pub fn my_matter_paper<K, P>(id: Id<K>, paper: Id<P>) -> String {
    format!("/me/matters/{id}/papers/{paper}")
}
