//! The texts that lines have in common, each as a number.

use crate::field::{LabelId, Labels};

/// The order statuses, sales channels and SKUs of lines, as Amazon wrote them.
#[derive(Debug, Clone, Default)]
pub struct LineLabels {
    /// Order statuses.
    pub statuses: Labels,
    /// Sales channels.
    pub channels: Labels,
    /// SKUs.
    pub skus: Labels,
}

/// The numbers that the labels of another thread have here, by their numbers there.
#[derive(Debug, Clone, Default)]
pub struct LabelMap {
    statuses: Vec<LabelId>,
    channels: Vec<LabelId>,
    skus: Vec<LabelId>,
}

impl LineLabels {
    /// Takes in the labels of another thread.
    pub fn intern_all(&mut self, other: &Self) -> LabelMap {
        LabelMap {
            statuses: self.statuses.merge_texts(&other.statuses),
            channels: self.channels.merge_texts(&other.channels),
            skus: self.skus.merge_texts(&other.skus),
        }
    }
}

impl LabelMap {
    /// The number of a status.
    #[inline]
    pub fn status(&self, id: LabelId) -> LabelId {
        self.statuses[id.0 as usize]
    }

    /// The number of a sales channel.
    #[inline]
    pub fn channel(&self, id: LabelId) -> LabelId {
        self.channels[id.0 as usize]
    }

    /// The number of a SKU.
    #[inline]
    pub fn sku(&self, id: LabelId) -> LabelId {
        self.skus[id.0 as usize]
    }

    /// The numbers of all SKUs, by their numbers there.
    pub fn skus(&self) -> &[LabelId] {
        &self.skus
    }
}
