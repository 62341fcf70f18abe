//! Style and script of the page, and the policy that allows exactly these two.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The modules of the script in the order in which they need each other, the library of charts first. Each is as it is in its file.
pub(super) const MODULES: [&str; 11] = [
    include_str!("vendor/uPlot.iife.min.js"),
    include_str!("script/money.js"),
    include_str!("script/days.js"),
    include_str!("script/sums.js"),
    include_str!("script/choices.js"),
    include_str!("script/dom.js"),
    include_str!("script/tiles.js"),
    include_str!("script/sold.js"),
    include_str!("script/trend.js"),
    include_str!("script/tables.js"),
    include_str!("script/main.js"),
];

const STYLES: [&str; 5] = [
    include_str!("vendor/uPlot.min.css"),
    include_str!("style/page.css"),
    include_str!("style/overview.css"),
    include_str!("style/tables.css"),
    include_str!("style/print.css"),
];

static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    let [library, own @ ..] = MODULES;
    // The modules share names with each other and with nobody else.
    format!(
        "{library}\n(() => {{\n\"use strict\";\n{}\n}})();\n",
        own.join("\n")
    )
});

static STYLE: LazyLock<String> = LazyLock::new(|| STYLES.join("\n"));

/// The script of the page.
pub(super) fn script() -> &'static str {
    &SCRIPT
}

/// The style of the page.
pub(super) fn style() -> &'static str {
    &STYLE
}

/// What the page may load and run: nothing but its own style and script.
pub(super) fn policy() -> String {
    let sum = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        sum(style()),
        sum(script()),
    )
}
