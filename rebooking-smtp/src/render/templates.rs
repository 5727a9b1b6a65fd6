//! The built-in templates, compiled into the program.

/// The source of a built-in template.
pub(super) fn source(name: &str) -> Option<&'static str> {
    ALL.iter().find_map(|(known, source)| (*known == name).then_some(*source))
}

macro_rules! templates {
    ($($name:literal)*) => {
        /// All of them, by name.
        pub(super) const ALL: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../templates/", $name)))),*];
    };
}

templates! {
    "layout.html"
    "parts.html"
    "de/frame.html"
    "de/frame.txt"
    "de/parts.html"
    "de/parts.txt"
    "de/called_off/subject.txt"
    "de/called_off/body.txt"
    "de/called_off/body.html"
    "de/declined/subject.txt"
    "de/declined/body.txt"
    "de/declined/body.html"
    "de/limit_reached/subject.txt"
    "de/limit_reached/body.txt"
    "de/limit_reached/body.html"
    "de/link_replaced/subject.txt"
    "de/link_replaced/body.txt"
    "de/link_replaced/body.html"
    "de/link_sent/subject.txt"
    "de/link_sent/body.txt"
    "de/link_sent/body.html"
    "de/new_dates/subject.txt"
    "de/new_dates/body.txt"
    "de/new_dates/body.html"
    "de/order_refused/subject.txt"
    "de/order_refused/body.txt"
    "de/order_refused/body.html"
    "de/partner_confirmed/subject.txt"
    "de/partner_confirmed/body.txt"
    "de/partner_confirmed/body.html"
    "de/partner_released/subject.txt"
    "de/partner_released/body.txt"
    "de/partner_released/body.html"
    "de/partner_request/subject.txt"
    "de/partner_request/body.txt"
    "de/partner_request/body.html"
    "de/partner_withdrawn/subject.txt"
    "de/partner_withdrawn/body.txt"
    "de/partner_withdrawn/body.html"
    "de/rebooked/subject.txt"
    "de/rebooked/body.txt"
    "de/rebooked/body.html"
    "de/reminder/subject.txt"
    "de/reminder/body.txt"
    "de/reminder/body.html"
    "en/frame.html"
    "en/frame.txt"
    "en/parts.html"
    "en/parts.txt"
    "en/called_off/subject.txt"
    "en/called_off/body.txt"
    "en/called_off/body.html"
    "en/declined/subject.txt"
    "en/declined/body.txt"
    "en/declined/body.html"
    "en/limit_reached/subject.txt"
    "en/limit_reached/body.txt"
    "en/limit_reached/body.html"
    "en/link_replaced/subject.txt"
    "en/link_replaced/body.txt"
    "en/link_replaced/body.html"
    "en/link_sent/subject.txt"
    "en/link_sent/body.txt"
    "en/link_sent/body.html"
    "en/new_dates/subject.txt"
    "en/new_dates/body.txt"
    "en/new_dates/body.html"
    "en/order_refused/subject.txt"
    "en/order_refused/body.txt"
    "en/order_refused/body.html"
    "en/partner_confirmed/subject.txt"
    "en/partner_confirmed/body.txt"
    "en/partner_confirmed/body.html"
    "en/partner_released/subject.txt"
    "en/partner_released/body.txt"
    "en/partner_released/body.html"
    "en/partner_request/subject.txt"
    "en/partner_request/body.txt"
    "en/partner_request/body.html"
    "en/partner_withdrawn/subject.txt"
    "en/partner_withdrawn/body.txt"
    "en/partner_withdrawn/body.html"
    "en/rebooked/subject.txt"
    "en/rebooked/body.txt"
    "en/rebooked/body.html"
    "en/reminder/subject.txt"
    "en/reminder/body.txt"
    "en/reminder/body.html"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_compiled_in() {
        let mut files = Vec::new();
        let mut folders =
            vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/templates"))];
        let root = folders[0].clone();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => {
                        files.push(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned())
                    }
                }
            }
        }
        let mut names: Vec<_> = ALL.iter().map(|(name, _)| (*name).to_owned()).collect();
        files.sort();
        names.sort();
        assert_eq!(names, files);
    }
}
