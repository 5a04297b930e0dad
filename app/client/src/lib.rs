//! The part that runs in the browser: it starts the islands of `islands` and nothing else.
#![cfg(target_arch = "wasm32")]

// Named, or the linker drops every island.
#[expect(unused_imports, reason = "keeps the islands in the module")]
use islands::*;

/// Called by `loader.js` once the module is there.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
