//! The templates: built into the program, each replaced by a file of the same name in the bureau's folder.

use std::fs;
use std::path::PathBuf;

use typst::syntax::VirtualPath;

const BUILT_IN: [(&str, &str); 38] = [
    ("common.typ", include_str!("../../../../templates/common.typ")),
    ("licence.typ", include_str!("../../../../templates/licence.typ")),
    ("organization-certificate.typ", include_str!("../../../../templates/organization-certificate.typ")),
    ("marriage-certificate.typ", include_str!("../../../../templates/marriage-certificate.typ")),
    ("marriage-booklet.typ", include_str!("../../../../templates/marriage-booklet.typ")),
    ("marriage-statement.typ", include_str!("../../../../templates/marriage-statement.typ")),
    ("refusal.typ", include_str!("../../../../templates/refusal.typ")),
    ("booking-slip.typ", include_str!("../../../../templates/booking-slip.typ")),
    ("extract.typ", include_str!("../../../../templates/extract.typ")),
    ("guide.typ", include_str!("../../../../templates/guide.typ")),
    ("paper.typ", include_str!("../../../../templates/paper.typ")),
    ("paper-receipt.typ", include_str!("../../../../templates/paper-receipt.typ")),
    ("paper-acceptance.typ", include_str!("../../../../templates/paper-acceptance.typ")),
    ("paper-rejection.typ", include_str!("../../../../templates/paper-rejection.typ")),
    ("paper-correction.typ", include_str!("../../../../templates/paper-correction.typ")),
    ("paper-extension.typ", include_str!("../../../../templates/paper-extension.typ")),
    ("paper-special.typ", include_str!("../../../../templates/paper-special.typ")),
    ("paper-grant.typ", include_str!("../../../../templates/paper-grant.typ")),
    ("paper-refusal.typ", include_str!("../../../../templates/paper-refusal.typ")),
    ("paper-withdrawal.typ", include_str!("../../../../templates/paper-withdrawal.typ")),
    ("paper-termination.typ", include_str!("../../../../templates/paper-termination.typ")),
    ("paper-service.typ", include_str!("../../../../templates/paper-service.typ")),
    ("divorce-application.typ", include_str!("../../../../templates/divorce-application.typ")),
    ("complaint-reply.typ", include_str!("../../../../templates/complaint-reply.typ")),
    ("own-data.typ", include_str!("../../../../templates/own-data.typ")),
    ("paper-index.typ", include_str!("../../../../templates/paper-index.typ")),
    ("supervision-listing-notice.typ", include_str!("../../../../templates/supervision-listing-notice.typ")),
    ("supervision-listing-decision.typ", include_str!("../../../../templates/supervision-listing-decision.typ")),
    ("supervision-removal-decision.typ", include_str!("../../../../templates/supervision-removal-decision.typ")),
    ("supervision-penalty-notice.typ", include_str!("../../../../templates/supervision-penalty-notice.typ")),
    ("supervision-hearing-notice.typ", include_str!("../../../../templates/supervision-hearing-notice.typ")),
    ("supervision-penalty-decision.typ", include_str!("../../../../templates/supervision-penalty-decision.typ")),
    ("supervision-rectify-order.typ", include_str!("../../../../templates/supervision-rectify-order.typ")),
    ("supervision-inspection-result.typ", include_str!("../../../../templates/supervision-inspection-result.typ")),
    ("supervision-annual-conclusion.typ", include_str!("../../../../templates/supervision-annual-conclusion.typ")),
    ("supervision-service.typ", include_str!("../../../../templates/supervision-service.typ")),
    ("supervision-evaluation.typ", include_str!("../../../../templates/supervision-evaluation.typ")),
    ("supervision-fundraising.typ", include_str!("../../../../templates/supervision-fundraising.typ")),
];

/// The bytes of a file that belongs to a template (source, or a picture beside it).
pub(crate) fn read(folder: Option<&PathBuf>, path: &VirtualPath) -> Option<Vec<u8>> {
    if let Some(bytes) = folder.and_then(|root| fs::read(path.realize(root).ok()?).ok()) {
        return Some(bytes);
    }
    let name = path.get_without_slash();
    BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_template_can_run_data_as_code() {
        for (name, text) in BUILT_IN {
            assert!(!text.contains("eval("), "{name} evaluates text");
            assert!(!text.contains("@preview"), "{name} asks for a package from outside");
        }
    }
}
