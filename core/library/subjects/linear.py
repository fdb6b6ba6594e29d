"""Products of matrices and vectors, and linear algebra."""

ROWS = """
each | np. a:x b:y | np.linalg. a:x | tf. a:x b:y name! | torch. input:x other:y | dtype: number
matmul    | np. (np.linalg.matmul) x y | torch. | torch.mm torch.bmm input:x mat2:y | torch.mv input:x vec:y
    | .matmul other:y | .mm mat2:y | shape: product | size: matrix | work: product
tf_matmul | tf.matmul tf.linalg.matmul a:x b:y transpose_a transpose_b * name! | shape: product | size: matrix
    | work: product
matvec    | tf.linalg.matvec a:x b:y * name! | shape: product | work: product
dot       | np. | torch. input:x tensor:y | .dot b:y | shape: product | size: matrix | work: product
vdot      | np. | shape: product
vecdot    | (np.vecdot) (np.linalg.vecdot) x y
inner     | np. torch. | shape: product | size: pairs | work: product
outer     | np. (np.linalg.outer) | torch. input:x vec2:y | shape: outer | size: pairs
cross     | np. (np.linalg.cross) tf.linalg.cross | shape: cross
kron      | np. torch. | size: pairs
tensordot | np. (np.linalg.tensordot) a:x b:y axes | tf. tf.linalg.tensordot a:x b:y axes name! | counts: axes
    | size: pairs
einsum    | np. subscripts *operands:xs | tf. tf.linalg.einsum equation:subscripts *inputs:xs
    | torch. equation:subscripts *operands:xs
    | shape: einsum | size: letters | work: letters
    | lists: yes
multi_dot | (np.linalg.multi_dot)

each | np.linalg. a:x | dtype: float
solve     | np.linalg.solve a:x b:y | tf.linalg.solve matrix:x rhs:y * name! | torch.linalg.solve A:x B:y
    | shape: solution | work: elimination
inv       | np.linalg.inv a:x | tf.linalg.inv input:x * name! | torch.linalg.inv A:x | torch.inverse input:x
    | shape: square | work: elimination
det       | np.linalg.det a:x | tf.linalg.det input:x name! | torch.linalg.det A:x | torch.det input:x
    | shape: of_matrix | work: elimination
slogdet   | np.linalg.slogdet a:x | (tf.linalg.slogdet) input:x name! | shape: of_matrix | work: elimination
cholesky  | np.linalg.cholesky a:x | tf.linalg.cholesky input:x name! | torch.linalg.cholesky input:x
    | shape: square | work: elimination
pinv      | np.linalg.pinv a:x rcond | tf.linalg.pinv a:x rcond=None * name!
    | torch.linalg.pinv A:x rtol:rcond | work: factors
eigvalsh  | np.linalg.eigvalsh a:x | tf.linalg.eigvalsh tensor:x name! | shape: of_matrix | work: factors
eigh      | (np.linalg.eigh) | (tf.linalg.eigh) tensor:x name!
svd       | (np.linalg.svd) | (tf.linalg.svd) tensor:x full_matrices compute_uv name!
svdvals   | (np.linalg.svdvals)
matrix_power | np.linalg.matrix_power a:x n | shape: square | counts: n | work: powers
lstsq     | np.linalg.lstsq a:x b:y rcond | work: factors
vector_norm | (np.linalg.vector_norm)
matrix_norm | (np.linalg.matrix_norm)
trace     | np. a:x offset axis1 axis2 | torch. input:x | .trace | counts: offset axis1 axis2
    | shape: of_matrix | dtype: number
inner_trace | np.linalg.trace x * offset | tf.linalg.trace x name! | counts: offset
    | shape: of_matrix | dtype: number
"""
