//! Cholesky: the root L of a symmetric positive definite matrix, L Lᵀ.

/// A lower triangle, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cholesky(Vec<Vec<f64>>);

impl Cholesky {
    /// `None` when the matrix is not square, not symmetric or not positive definite.
    pub fn new(matrix: &[Vec<f64>]) -> Option<Self> {
        let size = matrix.len();
        let mut root = vec![vec![0.0; size]; size];
        for i in 0..size {
            if matrix[i].len() != size {
                return None;
            }
            for j in 0..=i {
                let scale = matrix[i][i].abs().max(matrix[j][j].abs());
                let skew = (matrix[i][j] - matrix[j][i]).abs();
                if skew.is_nan() || skew > 1e-9 * scale {
                    return None;
                }
                let done: f64 = (0..j).map(|k| root[i][k] * root[j][k]).sum();
                let left = matrix[i][j] - done;
                root[i][j] = if i == j {
                    // Less than rounding of the diagonal: flat in some direction.
                    (left > 1e-12 * scale).then(|| left.sqrt())?
                } else {
                    left / root[j][j]
                };
            }
        }
        Some(Self(root))
    }

    /// y with L y = b.
    pub fn whiten(&self, b: &[f64]) -> Vec<f64> {
        let mut y = Vec::with_capacity(b.len());
        for (row, b) in self.0.iter().zip(b) {
            let done: f64 = row.iter().zip(&y).map(|(l, y)| l * y).sum();
            y.push((b - done) / row[y.len()]);
        }
        y
    }

    /// L z.
    pub fn colour(&self, z: &[f64]) -> Vec<f64> {
        let row = |row: &Vec<f64>| row.iter().zip(z).map(|(l, z)| l * z).sum();
        self.0.iter().map(row).collect()
    }

    /// x with L Lᵀ x = b.
    pub fn solve(&self, b: &[f64]) -> Vec<f64> {
        let mut x = self.whiten(b);
        for i in (0..x.len()).rev() {
            let done: f64 = (i + 1..x.len()).map(|k| self.0[k][i] * x[k]).sum();
            x[i] = (x[i] - done) / self.0[i][i];
        }
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_by_hand() {
        // L = [[2, 0], [1, 3]].
        let root = Cholesky::new(&[vec![4.0, 2.0], vec![2.0, 10.0]]).unwrap();
        assert_eq!(root.colour(&[1.0, 1.0]), [2.0, 4.0]);
        assert_eq!(root.whiten(&[2.0, 4.0]), [1.0, 1.0]);
        let x = root.solve(&[8.0, 22.0]);
        assert!((x[0] - 1.0).abs() < 1e-12 && (x[1] - 2.0).abs() < 1e-12);
    }

    #[test]
    fn flat_and_skew_matrices_have_no_root() {
        assert_eq!(Cholesky::new(&[vec![1.0, 1.0], vec![1.0, 1.0]]), None);
        assert_eq!(Cholesky::new(&[vec![1.0, 0.5], vec![0.2, 1.0]]), None);
        assert_eq!(Cholesky::new(&[vec![f64::NAN]]), None);
        assert_eq!(Cholesky::new(&[vec![1.0, 0.0]]), None);
    }
}
