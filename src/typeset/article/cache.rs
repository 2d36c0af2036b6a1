//! Layouts of blocks that were shown lately. Bounded in bytes: those unused the longest go first, never
//! one that is in use in the present frame. Their heights stay known.

use std::cell::OnceCell;

use super::super::layout::TextLayout;
use super::super::runs::RunText;

/// Memory for layouts in bytes: some forty screens of text.
const BUDGET: usize = 6 << 20;

pub(super) struct Entry {
    pub(super) layout: TextLayout,
    pub(super) runs: OnceCell<Vec<RunText>>,
    used: u64,
    memory: usize,
}

#[derive(Default)]
pub(super) struct Cache {
    slots: Vec<Option<Box<Entry>>>,
    alive: Vec<u32>,
    memory: usize,
    frame: u64,
}

impl Cache {
    pub(super) fn new(blocks: usize) -> Self {
        let mut cache = Self::default();
        cache.slots.resize_with(blocks, || None);
        cache
    }

    /// Begins a frame: what is used from now on is kept until the next one.
    pub(super) fn next_frame(&mut self) {
        self.frame += 1;
    }

    pub(super) fn get(&self, block: usize) -> Option<&Entry> {
        self.slots.get(block)?.as_deref()
    }

    /// The layout of a block, marked as used; `false` if it has to be made.
    pub(super) fn touch(&mut self, block: usize) -> bool {
        match self.slots.get_mut(block) {
            Some(Some(entry)) => {
                entry.used = self.frame;
                true
            }
            _ => false,
        }
    }

    pub(super) fn insert(&mut self, block: usize, layout: TextLayout) {
        // Accessibility data is made from the cells and is about as large.
        let memory = layout.memory() * 2;
        let Some(slot) = self.slots.get_mut(block) else {
            return;
        };
        *slot = Some(Box::new(Entry {
            layout,
            runs: OnceCell::new(),
            used: self.frame,
            memory,
        }));
        self.alive.push(block as u32);
        self.memory += memory;
        if self.memory > BUDGET {
            self.evict();
        }
    }

    /// All layouts held.
    pub(super) fn layouts(&self) -> impl Iterator<Item = (usize, &TextLayout)> {
        let held = self.alive.iter().map(|&block| block as usize);
        held.filter_map(|block| Some((block, &self.get(block)?.layout)))
    }

    /// Changes all layouts held; what was made from them is made again.
    pub(super) fn change(&mut self, mut each: impl FnMut(usize, &mut TextLayout)) {
        for &block in &self.alive {
            if let Some(Some(entry)) = self.slots.get_mut(block as usize) {
                each(block as usize, &mut entry.layout);
                entry.runs = OnceCell::new();
            }
        }
    }

    pub(super) fn clear(&mut self) {
        for block in std::mem::take(&mut self.alive) {
            if let Some(slot) = self.slots.get_mut(block as usize) {
                *slot = None;
            }
        }
        self.memory = 0;
    }

    /// Bytes held.
    pub(super) fn memory(&self) -> usize {
        self.memory
    }

    /// Drops the layouts unused the longest until a quarter of the budget is free.
    fn evict(&mut self) {
        let mut alive = std::mem::take(&mut self.alive);
        alive.sort_unstable_by_key(|&block| self.get(block as usize).map_or(0, |entry| entry.used));
        alive.retain(|&block| {
            let Some(slot) = self.slots.get_mut(block as usize) else {
                return false;
            };
            let Some(entry) = slot else { return false };
            let keep = entry.used == self.frame || self.memory <= BUDGET / 4 * 3;
            if !keep {
                self.memory -= entry.memory;
                *slot = None;
            }
            keep
        });
        self.alive = alive;
    }
}
