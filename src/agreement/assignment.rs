//! One-to-one matchings. The best total gain is the assignment problem with unmatched rows allowed, solved
//! by shortest augmenting paths over sparse edges (Jonker & Volgenant 1987, with a heap), so that a search
//! stays among neighbours. The largest number of pairs is Kuhn's algorithm (1955) after a greedy start.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

const NONE: u32 = u32::MAX;

/// A pair that may be made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edge {
    /// The row.
    pub(super) row: u32,
    /// The column.
    pub(super) column: u32,
    /// What the pair is worth, above 0.
    pub(super) gain: f64,
}

/// The column of each row (`None` where it stays alone) with the best total gain. `edges` sorted by row.
pub(super) fn best_matching(rows: usize, columns: usize, edges: &[Edge]) -> Vec<Option<u32>> {
    // Most pairs have no rival at either end, and belong to any best matching.
    let mut degrees = (vec![0_u32; rows], vec![0_u32; columns]);
    let count = |degrees: &mut [u32], at: u32| {
        if let Some(degree) = degrees.get_mut(at as usize) {
            *degree += 1;
        }
    };
    for edge in edges {
        count(&mut degrees.0, edge.row);
        count(&mut degrees.1, edge.column);
    }
    let only = |degrees: &[u32], at: u32| degrees.get(at as usize) == Some(&1);
    let mut matched = vec![None; rows];
    let mut pair = |row: u32, column: u32| {
        if let Some(slot) = matched.get_mut(row as usize) {
            *slot = Some(column);
        }
    };
    let mut rivals = Vec::new();
    for edge in edges {
        if only(&degrees.0, edge.row) && only(&degrees.1, edge.column) {
            pair(edge.row, edge.column);
        } else {
            rivals.push(*edge);
        }
    }
    if !rivals.is_empty() {
        let mut solver = Solver::new(rows, columns, &rivals);
        for same_row in rivals.chunk_by(|one, next| one.row == next.row) {
            if let Some(edge) = same_row.first() {
                solver.add(edge.row);
            }
        }
        for (column, row) in solver.mate.iter().enumerate() {
            pair(*row, column as u32);
        }
    }
    matched
}

/// A column, or a row's own place to stay alone, by distance from the row that is added.
#[derive(PartialEq)]
struct Reached {
    distance: f64,
    column: u32,
}

impl Eq for Reached {}

impl Ord for Reached {
    /// The nearest is the greatest; among equals the first column.
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .distance
            .total_cmp(&self.distance)
            .then(other.column.cmp(&self.column))
    }
}

impl PartialOrd for Reached {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

struct Solver<'e> {
    edges: &'e [Edge],
    /// Where each row's edges begin.
    first: Vec<u32>,
    row_price: Vec<f64>,
    column_price: Vec<f64>,
    /// The row of each column.
    mate: Vec<u32>,
    distance: Vec<f64>,
    /// The row from which each column was reached.
    from: Vec<u32>,
    touched: Vec<u32>,
    settled: Vec<(u32, f64)>,
    heap: BinaryHeap<Reached>,
}

impl<'e> Solver<'e> {
    fn new(rows: usize, columns: usize, edges: &'e [Edge]) -> Self {
        let mut first = vec![0_u32; rows + 1];
        for edge in edges {
            if let Some(count) = first.get_mut(edge.row as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut first {
            sum += *count;
            *count = sum;
        }
        Self {
            edges,
            first,
            row_price: vec![0.0; rows],
            column_price: vec![0.0; columns],
            mate: vec![NONE; columns],
            distance: vec![f64::INFINITY; columns],
            from: vec![NONE; columns],
            touched: Vec::new(),
            settled: Vec::new(),
            heap: BinaryHeap::new(),
        }
    }

    fn edges_of(&self, row: u32) -> &'e [Edge] {
        let at = |row: usize| self.first.get(row).copied().unwrap_or(0) as usize;
        self.edges
            .get(at(row as usize)..at(row as usize + 1))
            .unwrap_or_default()
    }

    fn price(prices: &[f64], at: u32) -> f64 {
        prices.get(at as usize).copied().unwrap_or(0.0)
    }

    /// Adds a row by the cheapest augmenting path to a free column or to a row that stays alone.
    fn add(&mut self, row: u32) {
        let dearest = self
            .edges_of(row)
            .iter()
            .map(|edge| -edge.gain - Self::price(&self.column_price, edge.column))
            .fold(0.0, f64::min);
        set(&mut self.row_price, row, dearest);
        // Staying alone costs 0: at reduced cost, the distance to the row less its price.
        let (mut alone, mut end) = (row, NONE);
        let mut best = -dearest;
        self.reach(row, 0.0, best);
        while let Some(Reached { distance, column }) = self.heap.pop() {
            if distance >= best {
                break;
            }
            if distance > Self::price(&self.distance, column) {
                continue;
            }
            let holder = self.mate.get(column as usize).copied().unwrap_or(NONE);
            if holder == NONE {
                (best, end) = (distance, column);
                break;
            }
            self.settled.push((column, distance));
            let leave = distance - Self::price(&self.row_price, holder);
            if leave < best {
                (best, end, alone) = (leave, NONE, holder);
            }
            self.reach(holder, distance, best);
        }
        self.reprice(row, best);
        if end == NONE {
            // The row that stays alone gives its column to the path.
            let held = self.settled.iter().map(|(column, _)| *column);
            let column = held
                .into_iter()
                .find(|column| self.holder(*column) == alone);
            end = column.unwrap_or(NONE);
        }
        self.augment(row, end);
        self.reset();
    }

    fn holder(&self, column: u32) -> u32 {
        self.mate.get(column as usize).copied().unwrap_or(NONE)
    }

    /// Looks at the columns of `row`, which is at `distance`.
    fn reach(&mut self, row: u32, distance: f64, best: f64) {
        let price = Self::price(&self.row_price, row);
        for edge in self.edges_of(row) {
            let reduced = -edge.gain - price - Self::price(&self.column_price, edge.column);
            let next = distance + reduced.max(0.0);
            let Some(known) = self.distance.get_mut(edge.column as usize) else {
                continue;
            };
            if next < *known && next < best {
                if known.is_infinite() {
                    self.touched.push(edge.column);
                }
                *known = next;
                set(&mut self.from, edge.column, row);
                self.heap.push(Reached {
                    distance: next,
                    column: edge.column,
                });
            }
        }
    }

    /// Keeps all reduced costs at 0 or above, and at 0 along the path.
    fn reprice(&mut self, row: u32, best: f64) {
        let own = Self::price(&self.row_price, row);
        set(&mut self.row_price, row, own + best);
        for (column, distance) in std::mem::take(&mut self.settled) {
            let holder = self.holder(column);
            let (row_price, column_price) = (
                Self::price(&self.row_price, holder),
                Self::price(&self.column_price, column),
            );
            set(&mut self.row_price, holder, row_price + best - distance);
            set(
                &mut self.column_price,
                column,
                column_price + distance - best,
            );
            self.settled.push((column, distance));
        }
    }

    /// Gives each column on the path to the row that reached it.
    fn augment(&mut self, row: u32, end: u32) {
        let mut column = end;
        for _ in 0..=self.settled.len() {
            if column == NONE {
                return;
            }
            let by = self.from.get(column as usize).copied().unwrap_or(NONE);
            set(&mut self.mate, column, by);
            if by == row {
                return;
            }
            let settled = self.settled.iter().map(|(held, _)| *held);
            column = settled
                .into_iter()
                .find(|held| *held != column && self.holder(*held) == by)
                .unwrap_or(NONE);
        }
    }

    fn reset(&mut self) {
        for column in self.touched.drain(..) {
            set(&mut self.distance, column, f64::INFINITY);
            set(&mut self.from, column, NONE);
        }
        self.settled.clear();
        self.heap.clear();
    }
}

fn set<T>(values: &mut [T], at: u32, value: T) {
    if let Some(slot) = values.get_mut(at as usize) {
        *slot = value;
    }
}

/// Scratch of [`Pairing::largest`], kept between calls.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    /// The columns that each row can have: `(row, column)` sorted.
    pub(super) edges: Vec<(u32, u32)>,
    first: Vec<u32>,
    mate: Vec<u32>,
    seen: Vec<u32>,
    from: Vec<u32>,
    queue: Vec<u32>,
    held: Vec<u32>,
}

impl Pairing {
    /// The largest number of pairs that can be made of `edges`; the column of each row is then in
    /// `held`.
    pub(super) fn largest(&mut self, rows: usize, columns: usize) -> usize {
        self.first.clear();
        self.first.resize(rows + 1, 0);
        for (row, _) in &self.edges {
            if let Some(count) = self.first.get_mut(*row as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut self.first {
            sum += *count;
            *count = sum;
        }
        for (list, len) in [
            (&mut self.mate, columns),
            (&mut self.seen, columns),
            (&mut self.from, columns),
            (&mut self.held, rows),
        ] {
            list.clear();
            list.resize(len, NONE);
        }
        let mut pairs = 0;
        for row in 0..rows as u32 {
            pairs += usize::from(self.place(row));
        }
        pairs
    }

    /// Looks breadth first for a free column that `row` can get, others moving on.
    fn place(&mut self, row: u32) -> bool {
        self.queue.clear();
        self.queue.push(row);
        let mut at = 0;
        while let Some(next) = self.queue.get(at).copied() {
            at += 1;
            let from = self.first.get(next as usize).copied().unwrap_or(0) as usize;
            let to = self.first.get(next as usize + 1).copied().unwrap_or(0) as usize;
            for edge in from..to {
                let Some((_, column)) = self.edges.get(edge).copied() else {
                    continue;
                };
                let Some(seen) = self.seen.get_mut(column as usize) else {
                    continue;
                };
                if *seen == row {
                    continue;
                }
                *seen = row;
                set(&mut self.from, column, next);
                match self.mate.get(column as usize).copied().unwrap_or(NONE) {
                    NONE => {
                        self.shift(row, column);
                        return true;
                    }
                    holder => self.queue.push(holder),
                }
            }
        }
        false
    }

    fn shift(&mut self, row: u32, end: u32) {
        let mut column = end;
        loop {
            let by = self.from.get(column as usize).copied().unwrap_or(NONE);
            let before = self.held.get(by as usize).copied().unwrap_or(NONE);
            set(&mut self.mate, column, by);
            set(&mut self.held, by, column);
            if by == row || before == NONE {
                return;
            }
            column = before;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The best total gain by trying everything.
    fn by_trying(rows: u32, row: u32, taken: u32, edges: &[Edge]) -> f64 {
        if row == rows {
            return 0.0;
        }
        let alone = by_trying(rows, row + 1, taken, edges);
        edges
            .iter()
            .filter(|edge| edge.row == row && taken & (1 << edge.column) == 0)
            .map(|edge| edge.gain + by_trying(rows, row + 1, taken | 1 << edge.column, edges))
            .fold(alone, f64::max)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn no_matching_is_better(pairs in proptest::collection::btree_map((0_u32..6, 0_u32..6), 1_u32..12, 0..24)) {
            let edges: Vec<Edge> = pairs
                .iter()
                .map(|((row, column), gain)| Edge { row: *row, column: *column, gain: f64::from(*gain) / 4.0 })
                .collect();
            let matched = best_matching(6, 6, &edges);
            let mut columns: Vec<u32> = matched.iter().flatten().copied().collect();
            columns.sort_unstable();
            columns.dedup();
            prop_assert_eq!(columns.len(), matched.iter().flatten().count());
            let total: f64 = (0_u32..)
                .zip(&matched)
                .filter_map(|(row, column)| {
                    let column = (*column)?;
                    edges.iter().find(|edge| edge.row == row && edge.column == column).map(|edge| edge.gain)
                })
                .sum();
            prop_assert!((total - by_trying(6, 0, 0, &edges)).abs() < 1e-9);

            let mut pairing = Pairing { edges: pairs.keys().copied().collect(), ..Pairing::default() };
            let flat: Vec<Edge> = edges.iter().map(|edge| Edge { gain: 1.0, ..*edge }).collect();
            let largest = pairing.largest(6, 6);
            prop_assert!((largest as f64 - by_trying(6, 0, 0, &flat)).abs() < 1e-9);
            prop_assert_eq!(pairing.held.iter().filter(|column| **column != NONE).count(), largest);
        }
    }
}
