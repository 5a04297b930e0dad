//! Addresses of numbered documents and of the archive.

use kernel::Id;

fixed! {
    /// What is to be archived.
    archive => "/archive";
    /// Archive packages.
    archive_packages => "/archive/packages";
    /// Verifying a package that somebody brings.
    archive_check => "/archive/check";
}

by_id! {
    /// A numbered document.
    paper => "/papers/", "";
    /// Its PDF.
    paper_file => "/papers/", "/file";
    /// The detached signature beside it.
    paper_signature => "/papers/", "/signature";
    /// Records that it was handed over (POST).
    paper_serve => "/papers/", "/serve";
    /// Records that it was given to the post (POST).
    paper_send => "/papers/", "/send";
    /// Records what the post says (POST).
    paper_arrived => "/papers/", "/arrived";
    /// Voids it (POST).
    paper_void => "/papers/", "/void";
    /// The archive of a case.
    archive_case => "/archive/", "";
    /// Starts to archive it (POST).
    archive_start => "/archive/", "/start";
    /// Verifies its package (POST).
    archive_verify => "/archive/", "/verify";
    /// Its package.
    archive_package => "/archive/", "/package.tar";
}
