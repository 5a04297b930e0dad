//! Filling a new index beside the one that serves.

use std::sync::Arc;

use crate::error::Error;
use crate::generation::Generation;
use crate::index::SearchIndex;
use crate::writer::{Change, FOLLOW_BYTES, Writer};

/// Memory of the writer that rebuilds, in bytes; one thread, so that the other core serves.
const REBUILD_BYTES: usize = 100_000_000;

/// A rebuild under way. Dropping it gives it up; what serves is not touched before [`Rebuild::finish`].
#[derive(Debug)]
pub struct Rebuild {
    index: SearchIndex,
    writer: Writer,
    settled: bool,
}

impl Rebuild {
    pub(crate) fn begin(index: SearchIndex, generation: Generation) -> Result<Rebuild, Error> {
        Ok(Rebuild { index, writer: Writer::begin(Arc::new(generation), REBUILD_BYTES)?, settled: false })
    }

    /// Takes entries in: first the scan, then what the change log says happened since it began.
    pub fn apply(&mut self, changes: &[Change]) -> Result<(), Error> {
        self.writer.apply(changes)
    }

    /// Commits and makes one segment of all, which takes long; afterwards a little more may be taken in, and [`Rebuild::finish`] is
    /// quick: whoever writes to the index that serves needs to stand still only for that.
    pub fn settle(&mut self, watermark: i64) -> Result<(), Error> {
        self.writer.commit(watermark)?;
        self.writer.merge()?;
        self.settled = true;
        Ok(())
    }

    /// Commits, takes the place of the index that serves, and hands out the writer that follows the log from `watermark`.
    /// The writer of the old index must be dropped by its owner.
    pub fn finish(mut self, watermark: i64) -> Result<Writer, Error> {
        if self.settled {
            self.writer.commit(watermark)?;
        } else {
            self.settle(watermark)?;
        }
        let generation = self.writer.close()?;
        // The merges that were waited for changed the segments.
        generation.show(watermark)?;
        self.index.put_live(Arc::clone(&generation))?;
        Writer::open(generation, FOLLOW_BYTES)
    }
}
