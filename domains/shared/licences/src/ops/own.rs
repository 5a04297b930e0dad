//! One's own electronic certificates as the copy of one's data has them.

use kernel::Text;
use platform::own::Section;
use platform::{Ctx, Result};

use super::mine;

/// Every certificate of the citizen who asks, and every use of one.
///
/// # Errors
/// `SignIn`.
pub async fn own_data(ctx: &Ctx) -> Result<Vec<Section>> {
    let columns = [("type", "种类", "Kind"), ("number", "编号", "Number"), ("issuer", "发证机关", "Issuer"), ("issued_on", "发证日期", "Issued"), ("state", "状态", "State"), ("identifier", "证照标识", "Identifier")];
    let mut licences = Section::new("licences", Text::fixed("电子证照", "Certificates"), &columns);
    let columns = [("number", "编号", "Number"), ("at", "时间", "When"), ("how", "方式", "How")];
    let mut uses = Section::new("licence_uses", Text::fixed("电子证照使用记录", "Uses of certificates"), &columns);
    for held in mine(ctx).await? {
        for one in &held.uses {
            uses.add(one.at.day(), [held.number.clone(), one.at.to_string(), one.way.name().zh.to_string()]);
        }
        let state = held.state.name().zh.to_string();
        licences.add(held.issued_on, [held.type_name.zh.to_string(), held.number, held.issuer_name, held.issued_on.to_string(), state, held.identifier.to_string()]);
    }
    Ok(vec![licences, uses])
}
