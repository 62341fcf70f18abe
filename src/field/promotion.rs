//! Promotion ids of a line, and the families that they belong to.

/// No family is longer, in bytes.
const LONGEST: usize = 64;
/// A piece with so many digits is a number, and one so long with any is a code.
const DIGITS: usize = 3;
const CODE: usize = 8;
/// The family of ids that begin with a number or a code.
const NAMELESS: &[u8] = b"(no name)";

/// The families of a list of promotion ids, in the order of the list. A family may come several times; none holds a comma.
pub fn families(ids: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ids = ids.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    ids.filter(|id| !id.is_empty()).map(family)
}

/// What a promotion id begins with, before the first number or code in it: `PAWS-V2-1234-5` is of `PAWS-V2`, `US Core Free
/// Shipping 2015/04/08 23-48` of `US Core Free Shipping`.
fn family(id: &[u8]) -> &[u8] {
    let ends = |byte: &u8| matches!(byte, b' ' | b'-' | b'_');
    let (mut end, mut start) = (0, 0);
    for piece in id.split(ends) {
        let digits = piece.iter().filter(|byte| byte.is_ascii_digit()).count();
        let all = digits > 0 && digits == piece.len();
        if all || digits >= DIGITS || digits > 0 && piece.len() >= CODE {
            break;
        }
        if start + piece.len() > LONGEST {
            break;
        }
        if !piece.is_empty() {
            end = start + piece.len();
        }
        start += piece.len() + 1;
    }
    match &id[..end] {
        [] => NAMELESS,
        family => family,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_ends_where_numbers_begin() {
        for (id, expected) in [
            ("PAWS-V2-1234-5", "PAWS-V2"),
            (
                "US Core Free Shipping 2015/04/08 23-48-5-108",
                "US Core Free Shipping",
            ),
            ("Duplicated A3JU1FAAAAAAAA 1569460229772", "Duplicated"),
            ("VPC-44571843 Cart Campaign", "VPC"),
            (
                "Amazon PLCC Free-Financing Universal Merchant AAT-WNKTBO3K27EJC",
                "Amazon PLCC Free-Financing Universal Merchant AAT",
            ),
            ("44571843", "(no name)"),
            ("10 % off", "(no name)"),
            ("Summer", "Summer"),
            ("- -", "(no name)"),
        ] {
            assert_eq!(String::from_utf8_lossy(family(id.as_bytes())), expected);
        }
        assert_eq!(family("x".repeat(300).as_bytes()), NAMELESS);
    }
}
