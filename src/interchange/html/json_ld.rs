//! What a page says of itself in JSON, made safe to hand on: only JSON that is whole and not deep.

use serde_json::Value;

/// The longest script that is looked at, in bytes.
const LONGEST: usize = 256 * 1024;

/// The script again; `None` where it is no JSON.
pub(super) fn script(content: &str) -> Option<String> {
    let content = content.trim();
    let content = content.strip_prefix("<![CDATA[").unwrap_or(content);
    let content = content.strip_suffix("]]>").unwrap_or(content);
    if content.len() > LONGEST {
        return None;
    }
    let value: Value = serde_json::from_str(content).ok()?;
    let json = value.to_string().replace('<', "\\u003c");
    Some(format!(
        "<script type=\"application/ld+json\">{json}</script>"
    ))
}
