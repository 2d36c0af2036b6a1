//! Heights of many blocks with fast sums: how far down a block is, and which block is at a height.
//! A Fenwick tree: changing one height and asking for a sum cost the logarithm of their number.

/// Heights in physical pixels.
#[derive(Debug, Default)]
pub(super) struct Heights {
    each: Vec<f32>,
    tree: Vec<f64>,
}

impl Heights {
    pub(super) fn new(each: Vec<f32>) -> Self {
        let mut tree: Vec<f64> = std::iter::once(0.0)
            .chain(each.iter().map(|&height| f64::from(height)))
            .collect();
        for index in 1..tree.len() {
            let parent = index + (index & index.wrapping_neg());
            let value = tree.get(index).copied().unwrap_or(0.0);
            if let Some(sum) = tree.get_mut(parent) {
                *sum += value;
            }
        }
        Self { each, tree }
    }

    pub(super) fn get(&self, index: usize) -> f32 {
        self.each.get(index).copied().unwrap_or(0.0)
    }

    pub(super) fn set(&mut self, index: usize, height: f32) {
        let Some(old) = self.each.get_mut(index) else {
            return;
        };
        let change = f64::from(height) - f64::from(*old);
        *old = height;
        let mut node = index + 1;
        while let Some(sum) = self.tree.get_mut(node) {
            *sum += change;
            node += node & node.wrapping_neg();
        }
    }

    /// Sum of the heights before a block.
    pub(super) fn before(&self, index: usize) -> f64 {
        let mut node = index.min(self.each.len());
        let mut sum = 0.0;
        while node > 0 {
            sum += self.tree.get(node).copied().unwrap_or(0.0);
            node &= node - 1;
        }
        sum
    }

    pub(super) fn total(&self) -> f64 {
        self.before(self.each.len())
    }

    /// The block at a height from the top and how far into it; the last one beyond the end.
    pub(super) fn find(&self, offset: f64) -> (usize, f32) {
        let mut index = 0;
        let mut rest = offset.max(0.0);
        let mut width = self.each.len().next_power_of_two();
        while width > 0 {
            if let Some(&sum) = self.tree.get(index + width)
                && sum <= rest
            {
                index += width;
                rest -= sum;
            }
            width /= 2;
        }
        match self.each.len().checked_sub(1) {
            Some(last) if index > last => (last, rest as f32 + self.get(last)),
            _ => (index, rest as f32),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sums_and_search_agree_with_adding_up(
            mut each in prop::collection::vec(1u16..500, 1..80),
            changes in prop::collection::vec((0usize..80, 1u16..500), 0..20),
            at in 0u32..40_000,
        ) {
            let mut heights = Heights::new(each.iter().map(|&height| f32::from(height)).collect());
            for (index, height) in changes {
                if let Some(old) = each.get_mut(index) {
                    *old = height;
                }
                heights.set(index, f32::from(height));
            }
            let mut sum = 0.0;
            let mut expected = None;
            for (index, &height) in each.iter().enumerate() {
                prop_assert!((heights.before(index) - sum).abs() < 1e-6);
                if expected.is_none() && f64::from(at) < sum + f64::from(height) {
                    expected = Some((index, (f64::from(at) - sum) as f32));
                }
                sum += f64::from(height);
            }
            prop_assert!((heights.total() - sum).abs() < 1e-6);
            let found = heights.find(f64::from(at));
            if let Some(expected) = expected {
                prop_assert_eq!(found, expected);
            } else {
                prop_assert_eq!(found.0, each.len() - 1);
            }
        }
    }
}
