#![allow(clippy::unwrap_used, reason = "tests")]

use super::{
    sniff,
    tokens::{Token, Tokens},
};
use crate::{
    annotation::{Annotator, LabelSet},
    interchange::{CopyCounter, DocumentRecord, Format, Problem, ReadOptions, Source, detect},
    text::TextEncoding,
};

/// Pieces with the numbers from 0.
fn numbered(before: &str, after: &str, count: usize) -> String {
    let pieces =
        (0..count).flat_map(|number| [before.to_owned(), number.to_string(), after.to_owned()]);
    pieces.collect()
}

fn read(bytes: &[u8], encoding: Option<TextEncoding>) -> Result<DocumentRecord, Problem> {
    let options = ReadOptions {
        encoding,
        ..ReadOptions::new(Annotator::imported(), LabelSet::default())
    };
    let mut reader = super::read(Source::of_bytes("page.html", bytes), options)?;
    let mut copies = CopyCounter::default();
    let record = reader.next(&mut copies).unwrap()?;
    assert!(reader.next(&mut copies).is_none());
    Ok(record)
}

fn one(page: &str) -> DocumentRecord {
    read(page.as_bytes(), None).unwrap()
}

const SENTENCE: &str = "قال الوزير، في بيان صدر الأحد، إن الحكومة ستعيد فتح المعبر خلال أسبوعين، وإن اللجنة المشتركة ستشرف على ذلك.";

/// A page as a news site has it.
fn news() -> String {
    format!(
        r#"<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>إعادة فتح المعبر بعد أسبوعين | صحيفة الأفق الجديد</title>
<link rel="canonical" href="https://example.org/news/1?a=1&amp;b=2">
<meta property="og:url" content="https://example.org/other">
<meta property="og:site_name" content="الأفق الجديد">
<meta property="article:published_time" content="2024-05-12T08:00:00Z">
<meta name="author" content="نادين   الخولي">
<style>p {{ color: red }}</style><script>var a = "<p>no</p>"; if (a < 1) {{}}</script>
</head><body>
<nav class="menu"><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">رياضة</a></li></ul></nav>
<div class="sidebar"><a href="/x">الأكثر قراءة</a></div>
<article class="article-body"><h1>إعادة فتح المعبر بعد أسبوعين</h1>
<p>{SENTENCE}</p><p>{SENTENCE}<br>سطر ثان
   من   الفقرة &amp; «نهايتها»&nbsp;هنا</p>
<h2>رد المعارضة</h2>
<blockquote><p>{SENTENCE}</p></blockquote>
<ul><li>أولاً، {SENTENCE}</li><li>ثانياً، {SENTENCE}</li></ul>
<pre>a
  b</pre>
<p>&nbsp;</p><p>{SENTENCE}</p></article>
<footer class="footer"><p>حقوق النشر محفوظة</p></footer>
<script>document.write("x")</script></body></html>"#
    )
}

#[test]
fn an_article_is_read_without_what_stands_around_it() {
    let record = one(&news());
    let expected = format!(
        "{SENTENCE}\n{SENTENCE}\nسطر ثان من الفقرة & «نهايتها»\u{A0}هنا\nرد المعارضة\n{SENTENCE}\nأولاً، {SENTENCE}\nثانياً، {SENTENCE}\na\n  b\n{SENTENCE}"
    );
    assert_eq!(&*record.text, expected);
    assert_eq!(record.title, "إعادة فتح المعبر بعد أسبوعين");
    let said: Vec<_> = record
        .metadata
        .iter()
        .map(|(key, value)| (&**key, &**value))
        .collect();
    assert_eq!(
        said,
        [
            ("byline", "نادين الخولي"),
            ("encoding", "UTF-8"),
            ("lang", "ar"),
            ("published", "2024-05-12T08:00:00Z"),
            ("site", "الأفق الجديد"),
            ("source", "page.html"),
            ("url", "https://example.org/news/1?a=1&b=2"),
        ]
    );
}

#[test]
fn of_a_short_page_the_whole_text_is_read() {
    let record = one(
        "<html><title>عنوان</title><body><nav>قائمة</nav><p>قال</p>وزير<div>x<p>y</body></html>",
    );
    assert_eq!(&*record.text, "قال\nوزير\nx\ny");
    assert_eq!(record.title, "عنوان");
    assert_eq!(&*one("").text, "");
    assert_eq!(one("<p>").title, "page");
    assert_eq!(&*one("plain < text & more").text, "plain < text & more");
}

#[test]
fn rows_of_tables_are_lines_and_references_are_letters() {
    let record = one(
        "<table><tr><th>a<th>b<tr><td>1<td><b>2</b>&eacute;&#x62A;&#1578;</table>&lt;p&gt;&amp;amp;",
    );
    assert_eq!(&*record.text, "a\tb\n1\t2éتت\n<p>&amp;");
}

#[test]
fn what_says_itself_in_json_is_taken_unless_it_is_broken() {
    let page = |json: &str| {
        let script = format!("<script type='application/ld+json'>{json}</script>");
        one(&format!(
            "<html><head>{script}</head><body><p>قال</p></body></html>"
        ))
    };
    let json = r#"{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "عنوان </p>", "author": {"@type": "Person", "name": "باسل"}, "datePublished": "2024-01-02"}"#;
    let record = page(json);
    assert_eq!(record.title, "عنوان </p>");
    assert_eq!(record.metadata.get("byline").unwrap(), "باسل");
    assert_eq!(record.metadata.get("published").unwrap(), "2024-01-02");
    for broken in [
        json.get(..80).unwrap(),
        &"[".repeat(100_000),
        "{\"@context\": 1",
        "\u{1F600}",
    ] {
        assert_eq!(page(broken).title, "قال");
    }
}

#[test]
fn the_encoding_is_the_marked_the_chosen_the_declared_or_a_guess() {
    let page =
        |head: &str| format!("<html><head>{head}</head><body><p>قال الوزير</p></body></html>");
    let arabic = |head: &str| encoding_rs::WINDOWS_1256.encode(&page(head)).0.into_owned();
    let declared = [
        "<meta charset=windows-1256>",
        "<meta content='text/html; charset=\"windows-1256\"' HTTP-EQUIV=\"Content-Type\">",
        "<!-- a --><META CharSet = 'cp1256' />",
        "",
        "<meta charset=utf-8>",
        "<meta charset=utf-16>",
    ];
    for head in declared {
        let record = read(&arabic(head), None).unwrap();
        assert_eq!(&*record.text, "قال الوزير", "{head}");
        assert_eq!(record.metadata.get("encoding").unwrap(), "windows-1256");
        let guessed = !head.contains("1256");
        assert_eq!(record.metadata.contains_key("encoding_guessed"), guessed);
    }
    let xml = format!(
        "<?xml version=\"1.0\" encoding='windows-1256'?>{}",
        page("")
    );
    let xml = encoding_rs::WINDOWS_1256.encode(&xml).0.into_owned();
    assert_eq!(&*read(&xml, None).unwrap().text, "قال الوزير");
    // A page that was saved again keeps the old declaration.
    let utf8 = page("<meta charset=windows-1256>");
    assert_eq!(&*one(&utf8).text, "قال الوزير");
    let wide: Vec<u8> = "\u{FEFF}"
        .chars()
        .chain(page("").chars())
        .flat_map(|ch| u16::try_from(u32::from(ch)).unwrap().to_le_bytes())
        .collect();
    assert!(sniff(&wide));
    assert_eq!(&*read(&wide, None).unwrap().text, "قال الوزير");
    let bytes = arabic("<meta charset=iso-8859-1>");
    assert_ne!(&*read(&bytes, None).unwrap().text, "قال الوزير");
    let chosen = read(&bytes, TextEncoding::from_label("windows-1256")).unwrap();
    assert_eq!(&*chosen.text, "قال الوزير");
    assert!(read(b"<html>\0\0", None).unwrap_err().hint().is_some());
}

#[test]
fn a_page_is_known_by_its_beginning() {
    let name = |file: &str, start: &[u8]| detect(file, start).map(|format: &Format| format.name);
    for start in [
        &b"<!DOCTYPE html>"[..],
        b"\xEF\xBB\xBF\n<html lang=ar>",
        b"<?xml version='1.0'?><!-- saved --> <!doctype HTML PUBLIC",
    ] {
        assert!(sniff(start));
        assert_eq!(name("a.HTM", start), Some("html"));
    }
    for start in [&b"<p>"[..], b"<htmlx", b"", b"<!--", b"{\"a\": 1}"] {
        assert!(!sniff(start), "{start:?}");
    }
}

#[test]
fn tags_end_where_html_says() {
    let page = "a<b x=\"1>2\" Y='<' z=a\"b / w>c</B ><!-- <p> --!> --><?x?>< d<script>1<p></scripts></script>e<!--";
    let tokens: Vec<String> = Tokens::of(page, false)
        .map(|token| match token {
            Token::Start { name, tag } => format!("{name} {:?}", tag.attributes),
            Token::End { name } => format!("/{name}"),
            Token::Text(text) => text.to_owned(),
            Token::Raw(text) => format!("raw {text}"),
        })
        .collect();
    let expected = [
        "a",
        r#"b [("x", "1>2"), ("Y", "<"), ("z", "a\"b"), ("w", "")]"#,
        "c",
        "/b",
        "<",
        " d",
        "script []",
        "raw 1<p></scripts>",
        "/script",
        "e",
    ];
    assert_eq!(tokens, expected);
}

#[test]
fn in_xhtml_a_tag_can_close_itself() {
    let page = "<?xml version=\"1.0\"?><html><head><script src=\"a\"/><title>T</title></head><body><div/><p>a</p><a name=\"x\"/>b</body></html>";
    let record = one(page);
    assert_eq!((&*record.title, &*record.text), ("T", "a\nb"));
}

/// The pages that are made to hold a program up; each must be read, or refused, in no time.
#[test]
fn no_page_holds_the_program_up() {
    let wide = |piece: &str, count: usize| format!("<html><body>{}", piece.repeat(count));
    let pages = [
        wide("<div>", 20_000) + "x",
        wide("<div>", 20_000) + "x" + &"</div>".repeat(20_000),
        wide("<table><tr><td>", 3_000) + "x",
        wide("<table><div></table>", 5_000),
        wide("<span>", 20_000) + &wide("<p>", 10_000),
        numbered("<font color=", ">", 2000) + &"<p>x".repeat(10_000),
        wide("<a href=x><div>", 5_000),
        wide("<a href=x>y", 8_000),
        wide("<svg>", 10_000) + "x",
        wide("<select>", 20_000) + "x",
        wide("<ul><li>", 3_000) + "x",
        wide("<p>x", 10_000),
        wide("<br>", 10_000),
        wide("<br><br>x ", 8_000),
        wide("x<i>", 10_000),
        wide("<h1>", 10_000),
        wide("</p>", 10_000),
        wide("<form><button>", 20_000),
        wide("<!--", 60_000),
        wide("<![CDATA[", 60_000),
        wide("</", 60_000),
        wide("<p a='", 20_000),
        format!("<p {}>x", numbered("a", " ", 60_000)),
        format!("<p class='{}'>x", "comment ".repeat(60_000)),
        wide("&amp", 30_000),
        wide("« & ", 30_000),
        "«&".repeat(50_000),
        wide("<template>", 10_000),
        wide("<noscript><img>", 20_000),
        wide("<li><p>x,</p>", 5_000),
        wide(
            "<section class=comment id=article><p>x, y, z. x, y, z. x, y, z.</p>",
            2_000,
        ),
    ];
    for page in pages {
        // Read or refused: what takes quadratic time would not end here.
        drop(read(page.as_bytes(), None));
    }
}

#[test]
fn a_page_with_too_many_elements_is_refused() {
    let page = "<p>".repeat(500_001);
    let problem = read(page.as_bytes(), None).unwrap_err();
    assert!(problem.to_string().contains("500000 elements"), "{problem}");
}

#[test]
fn the_author_is_no_line_of_the_text() {
    let body = "قال الوزير إن المشروع يمضي كما خُطّط له. ".repeat(12);
    for byline in ["أمل سعد", "بقلم: أمل سعد"] {
        let page = format!(
            "<html><head><title>خبر</title><meta name=\"author\" content=\"أمل سعد\"></head><body>\
             <article><p>{byline}</p><p>{body}</p><p>{body}</p></article></body></html>"
        );
        let record = one(&page);
        assert_eq!(record.metadata["byline"], "أمل سعد");
        assert!(record.text.starts_with("قال الوزير"), "{}", record.text);
    }
}
