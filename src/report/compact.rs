//! Paths of SVG in fewer letters: a page holds thousands of outlined letters, on paper and at night.

/// `svg` with each path's data relative and without what is not needed.
pub(super) fn compact(svg: &str) -> String {
    const DATA: &str = " d=\"";
    let mut out = String::with_capacity(svg.len() / 2);
    let mut parts = svg.split(DATA);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (data, rest) = part.split_once('"').unwrap_or((part, ""));
        out.push_str(DATA);
        out.push_str(&relative(data).unwrap_or_else(|| data.to_owned()));
        out.push('"');
        out.push_str(rest);
    }
    out
}

/// Absolute path data of moves, lines and curves as relative data in hundredths; `None` where there is anything else.
fn relative(data: &str) -> Option<String> {
    let mut out = String::new();
    let (mut at, mut start) = ([0_i64; 2], [0_i64; 2]);
    let mut last = ' ';
    let mut tokens = data.split_ascii_whitespace();
    while let Some(token) = tokens.next() {
        let pairs = match token {
            "M" | "L" => 1,
            "Q" => 2,
            "C" => 3,
            "Z" => 0,
            _ => return None,
        };
        let command = token.to_ascii_lowercase().chars().next()?;
        if command != last || command == 'm' {
            out.push(command);
        } else if pairs > 0 {
            // The same again: its letter is understood.
            last = ',';
        }
        let from = at;
        for _ in 0..pairs {
            for (axis, origin) in from.iter().enumerate() {
                let place = hundredths(tokens.next()?)?;
                number(&mut out, place - origin, last == ',');
                last = ',';
                *at.get_mut(axis)? = place;
            }
        }
        match command {
            'm' => start = at,
            'z' => at = start,
            _ => {}
        }
        last = command;
    }
    Some(out)
}

fn hundredths(number: &str) -> Option<i64> {
    let number: f64 = number.parse().ok()?;
    number.is_finite().then(|| (number * 100.0).round() as i64)
}

/// A number of hundredths, apart from one before it.
fn number(out: &mut String, hundredths: i64, apart: bool) {
    if hundredths < 0 {
        out.push('-');
    } else if apart {
        out.push(' ');
    }
    let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
    if whole > 0 || part == 0 {
        out.push_str(&whole.to_string());
    }
    if part > 0 {
        let digits = format!(".{part:02}");
        out.push_str(digits.trim_end_matches('0'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_the_same_in_fewer_letters() {
        let path = "M 10 20.5 L 12 20.5 L 12 19 Q 12.25 18 13.1 18 Z M 1 2 C 1 2 3 4 5 6.05 Z";
        assert_eq!(
            compact(&format!("<path d=\"{path}\" fill=\"#000\"/>")),
            "<path d=\"m10 20.5l2 0 0-1.5q.25-1 1.1-1zm-9-18.5c0 0 2 2 4 4.05z\" fill=\"#000\"/>"
        );
        assert_eq!(compact("<path d=\"A 1 2\"/>x"), "<path d=\"A 1 2\"/>x");
        assert_eq!(compact("<rect/>"), "<rect/>");
    }
}
