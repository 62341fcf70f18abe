//! `ordersift split`: FBA and merchant lines apart.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args as Group;
use ordersift::pipeline::Plan;
use ordersift::split::{Outlets, SplitError, split, splits};
use ordersift::write::{Manifest, Publication, PublishedWriter};

use crate::cli::inputs::Inputs;
use crate::cli::inputs::reading::gather;
use crate::cli::outputs::open;
use crate::cli::outputs::sums::Sums;
use crate::cli::progress::Bar;
use crate::cli::screen::Screen;
use crate::cli::{Failure, Outcome, signals};

const EXAMPLES: &str = "\
Example:
  ordersift split reports/ --out split/      split/fba/july.txt, split/merchant/july.txt, ...";

#[derive(Debug, Group)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Split {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// The folder to write into: all files, or none if the run fails
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,

    /// Replace files in a folder that ordersift did not write
    #[arg(long)]
    pub(crate) force: bool,
}

pub(crate) fn run(args: &Split, screen: &Screen) -> Result<Outcome, Failure> {
    let inputs = Arc::new(gather(&args.inputs)?);
    let mut publication = open(&args.out, args.force, inputs.iter())?;
    let sums = Sums::begin(&inputs, args.inputs.threads);
    let options = args.inputs.options()?;
    let bar = Bar::new(screen);
    let plan = Plan::new(&inputs, &options, &bar)?;
    for (_, input, _) in plan.reports().filter(|(.., report)| !splits(report)) {
        screen.remark(&format!(
            "skipped: {}: only all-orders and unshipped reports are split",
            input.name
        ));
    }
    let written = split(&plan, &options, &bar, &mut Published(&mut publication));
    bar.clear();
    let written = written.map_err(|error| match error {
        SplitError::Input(error) => Failure::from(error),
        SplitError::Output(error) => Failure::from(error),
    })?;
    let control = written.control;
    if !control.adds_up() {
        return Err(Failure::from(ordersift::Error::Defect {
            what: format!("{control:?}"),
        }));
    }
    if options
        .max_rejects
        .exceeded(control.rejected, control.lines_read)
    {
        let (rejected, lines_read) = (control.rejected, control.lines_read);
        let allowed = options.max_rejects.to_string();
        return Err(Failure::from(ordersift::Error::TooManyRejects {
            rejected,
            lines_read,
            allowed,
            reasons: Vec::new(),
        }));
    }
    let manifest = Manifest::of(options.shown(), None, control, sums.take()?, 0);
    signals::not_while(|| publication.finish(manifest))
        .map_err(|error| Failure::Told(error.to_string()))?;
    let mut out = screen.stdout();
    for (name, lines) in &written.files {
        writeln!(
            out,
            "{lines:>12} lines  {}",
            ordersift::write::sanitize::safe(name)
        )?;
    }
    let asked = match written.outside {
        0 => String::new(),
        outside => format!(" + {outside} not asked for"),
    };
    writeln!(
        out,
        "{} read = {} written + {} superseded + {} repeated + {} rejected{asked}",
        control.lines_read,
        control.kept - written.outside,
        control.superseded,
        control.repeated,
        control.rejected
    )?;
    out.flush()?;
    Ok(if args.inputs.strict && control.rejected > 0 {
        Outcome::FellShort
    } else {
        Outcome::Done
    })
}

struct Published<'p>(&'p mut Publication);

impl Outlets for Published<'_> {
    type Out = PublishedWriter;

    fn open(&mut self, name: &str) -> io::Result<PublishedWriter> {
        self.0.file(name)
    }

    fn close(&mut self, out: PublishedWriter) -> io::Result<()> {
        out.close().map(drop)
    }
}
