//! Families of promotion ids: the part of an id before its first number or code.

/// The most bytes that a family has.
const LONGEST: usize = 64;
/// A piece with at least so many digits is a number.
const DIGITS: usize = 3;
/// A piece of at least so many bytes that has a digit is a code.
const CODE: usize = 8;
/// The family of ids that begin with a number or a code.
const NAMELESS: &[u8] = b"(no name)";

/// The families of a cell of promotion ids separated by commas, in their order. A family may occur several times; none
/// has a comma.
pub fn families(ids: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ids = ids.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    ids.filter(|id| !id.is_empty()).map(family)
}

/// The part of a promotion id before its first number or code: `PAWS-V2` of `PAWS-V2-1234-5`, `US Core Free Shipping` of
/// `US Core Free Shipping 2015/04/08 23-48`.
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
