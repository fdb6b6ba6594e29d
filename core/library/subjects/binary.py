"""Functions of two numbers, element by element with broadcasting: arithmetic, comparisons, logic."""

ROWS = """
each | np. x y | math. x y | tf. x y name! | torch. input:x other:y | shape: broadcast | dtype: float
add       | np. tf. tf.math.add torch. | .add other:y | dtype: number
sub       | np.subtract tf.subtract tf.math.subtract torch.sub torch.subtract | .sub other:y | dtype: number
mul       | np.multiply tf.multiply tf.math.multiply torch.mul torch.multiply | .mul other:y | dtype: any
div       | np.divide np.true_divide tf.divide tf.math.divide torch.div torch.divide | .div other:y
pow       | np.power np.pow math.pow tf.pow tf.math.pow | torch.pow input:x exponent:y
    | .pow exponent:y
    | dtype: number
float_power | np. x1:x x2:y | dtype: number
mod       | np. np.remainder tf.math.floormod torch.remainder | dtype: number
maximum   | np. tf. tf.math.maximum torch. | dtype: number
minimum   | np. tf. tf.math.minimum torch. | dtype: number
arctan2   | np. np.atan2 y:x x:y | math.atan2 y:x x:y | tf.atan2 tf.math.atan2 y:x x:y name! | torch.atan2
hypot     | np. math. torch.
logaddexp | np. torch.
logaddexp2 | np. torch.
fmax      | np. torch.
fmin      | np. torch.
floor_divide | np. torch. | cuts: no_derivative
divide_no_nan | tf.math.divide_no_nan
multiply_no_nan | tf.math.multiply_no_nan
xdivy     | tf.math.xdivy
xlogy     | tf.math.xlogy torch. | scipy.special.xlogy x y
squared_difference | tf.math.squared_difference | dtype: number
fmod      | math.
copysign  | math.
heaviside | np. x half | cuts: no_derivative

each | np. x y | math. x y | tf. x y name! | torch. input:x other:y | shape: broadcast | dtype: truth | cuts: integer
equal     | np. tf. tf.math.equal torch.eq
not_equal | np. tf. tf.math.not_equal torch.ne
greater   | np. tf. tf.math.greater torch.gt
greater_equal | np. tf. tf.math.greater_equal torch.ge
less      | np. tf. tf.math.less torch.lt
less_equal | np. tf. tf.math.less_equal torch.le
logical_and | np. tf. tf.math.logical_and torch.
logical_or | np. tf. tf.math.logical_or torch.
logical_xor | np. tf.math.logical_xor torch.
isclose   | np. a:x b:y rtol atol | math. a:x b:y * rel_tol:rtol=1e-9 abs_tol:atol=0.0
allclose  | np. a:x b:y rtol atol | torch. input:x other:y rtol atol
array_equal | np. a1:x a2:y | torch.equal input:x other:y

each | np. x y | math. x y | cuts: integer
factorial | math. n | lists: yes
comb      | math. n k | lists: yes
gcd       | math. a b | lists: yes

each | np. x y
where     | np. condition x y | tf. condition x y name! | torch. condition input:x other:y | shape: broadcast
    | boxes: np
    | dtype: any | decides: condition
log_of    | math.log x base | shape: same | lists: yes
dist      | math. p q
"""
