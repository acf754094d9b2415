//! Dates: only what is surely no date of ISO 8601 is none.

/// Whether a text may be a date of ISO 8601, with a time or without. Whether the service insists on one of the two is not published.
pub fn may_be_date(text: &str) -> bool {
    // Years before the first and after the ten-thousandth have a sign.
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    is_date(date) && time.is_none_or(is_time)
}

/// `2024`, `2024-03`, `2024-03-31`, `20240331`; weeks and days of the year are taken as they are.
fn is_date(date: &str) -> bool {
    let parts: Vec<&str> = match date {
        _ if date.len() == 8 && is_digits(date) => vec![&date[..4], &date[4..6], &date[6..]],
        _ => date.split('-').collect(),
    };
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| is_digits(part));
    match parts[..] {
        [year] => year.len() == 4 && is_digits(year),
        [year, rest] if rest.starts_with(['W', 'w']) || rest.len() == 3 => year.len() == 4 && is_digits(year),
        [year, week, _] if week.starts_with(['W', 'w']) => year.len() == 4 && is_digits(year),
        [year, month] => year.len() == 4 && is_digits(year) && number(month).is_some_and(|month| (1..=12).contains(&month)),
        [year, month, day] => match (number(year), number(month), number(day)) {
            (Some(number), Some(month @ 1..=12), Some(day)) => year.len() == 4 && (1..=days(number, month)).contains(&day),
            _ => false,
        },
        _ => false,
    }
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `18:30`, `18:30:00.25`, `183000`, each with `Z` or an offset; an hour of 24 and a second of 60 are taken.
fn is_time(time: &str) -> bool {
    let clock = time.trim_end_matches(['Z', 'z']).split(['+', '-']).next().unwrap_or_default().trim_end();
    let digits = |part: &str, most: u32| part.parse::<u32>().is_ok_and(|number| number <= most);
    let mut parts = clock.splitn(3, ':');
    let (hour, minute, second) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    match minute {
        None => {
            matches!(clock.split(['.', ',']).next().map(str::len), Some(2 | 4 | 6))
                && clock.starts_with(|c: char| c.is_ascii_digit())
        }
        Some(minute) => {
            let whole = second.map(|second| second.split(['.', ',']).next().unwrap_or_default());
            digits(hour, 24) && digits(minute, 59) && whole.is_none_or(|second| digits(second, 60))
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_surely_none_is_wrong() {
        for text in [
            "2024-03-31",
            "20240331",
            "2024",
            "2024-03",
            "2024-W05",
            "2024-W05-1",
            "2024-091",
            "2024-02-29",
            "2024-03-31T18:30:00Z",
            "2024-03-31 18:30",
            "2024-03-31T18:30:00.123456+02:00",
            "2024-03-31T18:30:00,5-0330",
            "20240331T183000Z",
            "2024-03-31t24:00:00z",
        ] {
            assert!(may_be_date(text), "{text}");
        }
        for text in [
            "",
            "soon",
            "31.12.2024",
            "12/31/2024",
            "2024-13-01",
            "2024-02-30",
            "2023-02-29",
            "2024/03/31",
            "2024-03-31T25:00:00Z",
            "2024-03-31T18:61",
            "March 31, 2024",
            "24-03-31",
            "1711909800",
            "2024-03-31T",
        ] {
            assert!(!may_be_date(text), "{text}");
        }
    }
}
