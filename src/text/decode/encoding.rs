//! The encodings that a text file can be in. Four have names of their own, because Arabic news come in them;
//! any other of the WHATWG's list can be chosen by its label.

use encoding_rs::Encoding;

/// The encoding of a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextEncoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1256, the Arabic code page.
    Windows1256,
    /// Any other that can be chosen.
    Other(&'static Encoding),
}

impl TextEncoding {
    /// The encoding that a person's `label` means, such as `utf-8`, `cp1256` or `UTF-16LE`, if any.
    pub fn from_label(label: &str) -> Option<Self> {
        let label = label.trim().to_ascii_lowercase();
        let label = match label.as_str() {
            "utf16" | "utf16le" | "utf-16-le" => "utf-16le",
            "utf16be" | "utf-16-be" => "utf-16be",
            "windows1256" | "win1256" | "1256" => "windows-1256",
            other => other,
        };
        let encoding = Encoding::for_label_no_replacement(label.as_bytes())?;
        // Its only use is to smuggle bytes through text.
        (encoding != encoding_rs::X_USER_DEFINED).then(|| Self::from(encoding))
    }

    /// Its name as people know it and as [`Self::from_label`] takes it.
    pub fn name(&self) -> &'static str {
        self.encoding().name()
    }

    /// The same for `encoding_rs`.
    pub(super) fn encoding(self) -> &'static Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Windows1256 => encoding_rs::WINDOWS_1256,
            Self::Other(encoding) => encoding,
        }
    }

    /// Whether it is one of the two UTF-16.
    pub(super) fn is_utf16(self) -> bool {
        matches!(self, Self::Utf16Le | Self::Utf16Be)
    }

    /// The bytes that the first `end` bytes of `text` took in this encoding. Exact for UTF-8, UTF-16 and one
    /// byte a character; a lower bound for the rest.
    pub(super) fn encoded_len(self, text: &str, end: usize) -> usize {
        let text = text.get(..end).unwrap_or_default();
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16Le | Self::Utf16Be => 2 * text.encode_utf16().count(),
            Self::Windows1256 | Self::Other(_) => text.chars().count(),
        }
    }
}

impl From<&'static Encoding> for TextEncoding {
    fn from(encoding: &'static Encoding) -> Self {
        let named = [Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Windows1256];
        named
            .into_iter()
            .find(|known| known.encoding() == encoding)
            .unwrap_or(Self::Other(encoding))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_name_encodings() {
        let of = TextEncoding::from_label;
        assert_eq!(of("UTF-8"), Some(TextEncoding::Utf8));
        assert_eq!(of(" utf8 "), Some(TextEncoding::Utf8));
        assert_eq!(of("utf-16"), Some(TextEncoding::Utf16Le));
        assert_eq!(of("UTF-16BE"), Some(TextEncoding::Utf16Be));
        assert_eq!(of("cp1256"), Some(TextEncoding::Windows1256));
        assert_eq!(of("windows-1256"), Some(TextEncoding::Windows1256));
        assert_eq!(of("iso-8859-6").map(|e| e.name()), Some("ISO-8859-6"));
        assert_eq!(of("replacement"), None);
        assert_eq!(of("x-user-defined"), None);
        assert_eq!(of("klingon"), None);
        for named in [
            TextEncoding::Utf8,
            TextEncoding::Utf16Le,
            TextEncoding::Utf16Be,
            TextEncoding::Windows1256,
        ] {
            assert_eq!(of(named.name()), Some(named));
        }
    }
}
