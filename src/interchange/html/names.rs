//! What the names of elements mean for a text.

/// Whether an element begins and ends a line.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// Whether an element is a cell of a table.
pub(super) fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th")
}

/// Whether an element's content is no text of the page.
pub(super) fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "head"
            | "title"
            | "script"
            | "style"
            | "template"
            | "noscript"
            | "nav"
            | "button"
            | "select"
            | "datalist"
            | "textarea"
            | "iframe"
            | "object"
            | "audio"
            | "video"
            | "canvas"
            | "svg"
            | "rp"
    )
}

/// Whether an element has no content.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether an element's tags say nothing for the text: how letters look, pictures, frames.
pub(super) fn says_nothing(name: &str) -> bool {
    // HTML opens the elements of letters again in each paragraph until they are closed: pages that
    // never close them grow without bound.
    matches!(
        name,
        "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong"
            | "tt" | "u"
            // Pictures, and what stands for the whole page or changes how HTML is read.
            | "img" | "picture" | "source" | "track" | "area" | "map" | "wbr" | "link" | "base"
            | "basefont" | "bgsound" | "keygen" | "embed" | "param" | "col" | "colgroup" | "head"
            | "frameset" | "frame" | "math" | "plaintext" | "xmp" | "marquee" | "applet"
    )
}

/// Which open elements the start of one closes, and which of those around hide them.
pub(super) fn closed_by(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (
            &["li", "p"],
            &["ul", "ol", "menu", "dir", "table", "td", "th"],
        ),
        "dd" | "dt" => (&["dd", "dt", "p"], &["dl", "table", "td", "th"]),
        "td" | "th" => (&["td", "th", "caption"], &["table", "tr"]),
        "tr" => (&["tr", "td", "th", "caption"], &["table"]),
        "tbody" | "thead" | "tfoot" | "caption" => (
            &["tbody", "thead", "tfoot", "tr", "td", "th", "caption"],
            &["table"],
        ),
        "option" | "optgroup" => (&["option"], &["select"]),
        "a" => (&["a"], &["table", "td", "th"]),
        _ if is_block(name) => (
            &["p"],
            &["table", "td", "th", "caption", "button", "object"],
        ),
        _ => (&[], &[]),
    }
}

/// The elements beyond which the end of one closes nothing.
pub(super) fn bounds(name: &str) -> &'static [&'static str] {
    match name {
        "table" => &[],
        "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "caption" => &["table"],
        _ => &["table", "td", "th", "caption"],
    }
}
