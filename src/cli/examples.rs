//! The examples that `--help` shows below the flags.

pub(super) const EXAMPLES: &str = "\
Examples:
  ordersift report reports/                  the week at a glance, from a folder of files
  ordersift report july.txt august.txt --format json > report.json
  ordersift report reports/ --out monday/    tables as JSON and CSV, all or nothing
  ordersift compare 2026-W29 2026-W30 reports/   one week against another
  ordersift worklist unshipped.txt           what must ship, most urgent first
  ordersift check reports/                   what each file is, and what is wrong with it";

pub(super) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  ordersift completions bash > ~/.local/share/bash-completion/completions/ordersift
  ordersift completions zsh > ~/.zfunc/_ordersift
  ordersift completions fish > ~/.config/fish/completions/ordersift.fish";

pub(super) const MAN_EXAMPLES: &str = "\
Examples:
  ordersift man | man -l -
  ordersift man report > ordersift-report.1";

pub(super) const REPORT_EXAMPLES: &str = "\
Examples:
  ordersift report reports/
  ordersift report reports/ --by month --week-start sunday
  ordersift report reports/ --channel Amazon.de --sku 'MUG*' --from 2026-07-01
  ordersift report 'reports/2026-*.txt' --table skus --format csv > skus.csv
  ordersift report reports/ --out monday/ --format xlsx,html
  ordersift report reports/ --fx rates.csv                   sales in one currency too, at your rates
  ordersift report reports/ --fail-if 'late_open > 0' --fail-if 'rejected_share >= 0.1%' --append summary.md

Gates (--fail-if) compare a number with >, >=, <, <=, == or != to another one; what is not known fails. The numbers:
  lines_read rejected rejected_share orders_placed orders cancelled_orders cancelled_share units unpriced_units
  sales[USD] orders_wow units_wow sales_wow[USD] to_ship late_open past_cancel_by due_today on_hold quality[CHECK]
  late_rate_low_10d late_rate_high_10d late_rate_high_today_10d, and the same with 30d

Rates (--fx): CSV with a header, as date,currency,rate_usd: what one unit of the currency is in USD. A rate holds from its day until
the next one, for seven days at most. Sums with a day that has none are not converted.

Settings: the flags that --print-config lists can stand in an ordersift.toml beside the inputs
(time-zone = 'Europe/Berlin'), or in the environment (ORDERSIFT_TIME_ZONE). `format` there is what --out publishes. Flags win over the environment, which wins over the file.";

pub(super) const COMPARE_EXAMPLES: &str = "\
Examples:
  ordersift compare 2026-W29 2026-W30 reports/                        two weeks
  ordersift compare 2025-07 2026-07 reports/ --channel Amazon.de      a month against that of last year
  ordersift compare 2026-07-01..2026-07-12 2026-07-13..2026-07-24 reports/ --format csv > prime-days.csv
  ordersift compare old-account/ new-account/                         two folders, or two files
  ordersift compare 2026-06 2026-07 reports/ --fx rates.csv           and all currencies in one

Two ranges are days of the same files; ranges of unlike length are compared by sales per day too. Two folders are two runs, each
with its own overlaps settled: an order that is in both counts on both sides, so that two downloads of the same days show what
has changed since the first. A folder that is named like a range is written as ./2026-07.";

pub(super) const WORKLIST_EXAMPLES: &str = "\
Examples:
  ordersift worklist unshipped.txt --as-of now
  ordersift worklist reports/ --format csv > pick-list.csv
  ordersift worklist reports/ --with-addresses               addresses, and which orders can go together
  ordersift worklist reports/ --confirm-file ship.txt        the file to fill in and upload";

pub(super) const CONFIRM_EXAMPLES: &str = "\
Examples:
  ordersift confirm reports/ --tracking parcels.csv --out ship.txt
  ordersift confirm reports/ --tracking parcels.csv --out ship.txt --carrier UPS --ship-date 2026-07-27
  ordersift worklist reports/ ship.txt                       what is left to ship

The list has a header and these columns, in any order, as CSV or tabs: order-id and tracking-number; and if it has them
order-item-id, quantity, ship-date, carrier-code, carrier-name, ship-method. Without --partial nothing is written if any
line is unknown, an FBA order, cancelled, not open, over what is open, without a number, dated wrongly or there twice.";

pub(super) const SPLIT_EXAMPLES: &str = "\
Example:
  ordersift split reports/ --out split/      split/fba/july.txt, split/merchant/july.txt, ...";

pub(super) const SQL_EXAMPLES: &str = "\
Examples:
  ordersift convert reports/ --each --out lake
  ordersift sql --lake lake --materialize | duckdb sales.duckdb
  ordersift sql --dialect spark --lake s3a://bucket/lake > views.sql
  ordersift sql --list";

pub(super) const CONVERT_EXAMPLES: &str = "\
Examples:
  ordersift convert reports/ --out lines.parquet        every kept line, typed, for polars, DuckDB and notebooks
  ordersift convert reports/ --out lines.csv --from 2026-07-01 --fulfillment merchant
  ordersift report lines.parquet                        the same tables as of the reports
";

pub(super) const CHECK_EXAMPLES: &str = "\
Example:
  ordersift check ~/Downloads/reports";

pub(super) const SAMPLE_EXAMPLES: &str = "\
Examples:
  ordersift sample --lines 1000000 > big.txt
  ordersift sample --kind unshipped --lines 1000000 > backlog.txt    the backlog of the same orders
  ordersift sample --lines 1000000 --overlap > later.txt             a later download of the same orders
  ordersift sample --market jp --encoding cp932 --out japan.txt      a Japanese seller's file
  ordersift sample --downloads 20 --days 30 --out reports/           twenty weekly downloads of the last thirty days";
