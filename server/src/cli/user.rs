//! `tongban user`: the first accounts, and a way back in when nobody can.

use std::io::BufRead as _;

use anyhow::{Context as _, Result};
use identity::ops::{AddStaff, add_staff};
use platform::Ctx;

/// What can be done with accounts of staff.
#[derive(clap::Subcommand)]
pub(super) enum User {
    /// Adds a member of staff; the password is read from standard input.
    Add {
        /// Name to sign in with.
        username: String,
        /// Name that the desk and the audit trail show.
        #[arg(long)]
        name: String,
        /// Credit code of the organisation.
        #[arg(long)]
        org: String,
        /// Make this an administrator of the whole instance.
        #[arg(long)]
        admin: bool,
    },
}

/// Runs it.
pub(super) async fn user(ctx: &Ctx, what: User) -> Result<()> {
    match what {
        User::Add { username, name, org, admin } => {
            super::say("Password (one line):");
            let mut password = String::new();
            std::io::stdin().lock().read_line(&mut password).context("no password")?;
            let password = password.trim_end_matches(['\r', '\n']).to_owned();
            let added = add_staff(ctx, AddStaff { username, name, org, password, grants: Vec::new(), admin }).await.map_err(super::told)?;
            super::say(format_args!("Added. Second factor, for an authenticator app:\n{}", added.enrolment.url));
            Ok(())
        }
    }
}
