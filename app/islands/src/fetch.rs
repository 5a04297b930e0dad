//! The two things an island asks of the browser: a text from our own server, and another page.

use std::fmt::Write as _;

/// The body of a GET to this site; none when there is no answer or a refusal.
#[cfg(target_arch = "wasm32")]
pub(crate) async fn text(address: &str) -> Option<String> {
    use wasm_bindgen::JsCast as _;
    use wasm_bindgen_futures::JsFuture;

    let response = JsFuture::from(web_sys::window()?.fetch_with_str(address)).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// On the server nothing is fetched: islands are rendered from their props alone.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) async fn text(_address: &str) -> Option<String> {
    None
}

/// Goes to another page of this site.
#[cfg(target_arch = "wasm32")]
pub(crate) fn go(address: &str) {
    if let Some(window) = web_sys::window() {
        // A browser that refuses to leave the page stays on it.
        let _ = window.location().set_href(address);
    }
}

/// On the server nobody goes anywhere.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn go(_address: &str) {}

/// A text as the value of a query parameter.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut all, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            all.push(char::from(byte));
        } else {
            let _ = write!(all, "%{byte:02X}");
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn nothing_leaves_its_parameter() {
        assert_eq!(encoded("a&b=李"), "a%26b%3D%E6%9D%8E");
    }
}
