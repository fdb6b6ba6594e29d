"""Functions that take many elements together: sums, extremes, running totals, spread."""

ROWS = """
each | np. a:x axis * keepdims | tf. input_tensor:x axis keepdims name! | torch. input:x dim:axis keepdim:keepdims
    | jax. a:x axis * keepdims | shape: reduced | counts: axis | dtype: number
sum       | np. tf.reduce_sum tf.math.reduce_sum torch. | .sum axis keepdims dim:axis keepdim:keepdims | work: operand
mean      | np. tf.reduce_mean tf.math.reduce_mean torch. | .mean axis keepdims dim:axis keepdim:keepdims
    | work: operand
prod      | np. tf.reduce_prod tf.math.reduce_prod torch. | .prod axis keepdims | work: operand
max       | np. np.amax tf.reduce_max tf.math.reduce_max torch.amax | .amax axis keepdims dim:axis keepdim:keepdims
    | .max axis keepdims dim keepdim | counts: axis dim
    | work: operand
min       | np. np.amin tf.reduce_min tf.math.reduce_min torch.amin | .amin axis keepdims dim:axis keepdim:keepdims
    | .min axis keepdims dim keepdim | counts: axis dim
    | work: operand
logsumexp | tf.reduce_logsumexp tf.math.reduce_logsumexp torch.
    | jax.nn.logsumexp scipy.special.logsumexp a:x axis * keepdims
    | dtype: float | work: operand
median    | np. | shape: reduced
ptp       | np.
nansum    | np. a:x axis * keepdims
nanmean   | np. a:x axis * keepdims
var       | np. a:x axis * ddof keepdims | .var axis ddof keepdims dim correction unbiased keepdim | counts: axis dim
    | tf.math.reduce_variance input_tensor:x axis keepdims name! | dtype: float
std       | np. a:x axis * ddof keepdims | .std axis ddof keepdims dim correction unbiased keepdim | counts: axis dim
    | tf.math.reduce_std input_tensor:x axis keepdims name! | dtype: float
sample_variance | torch.var input:x dim:axis * correction:ddof keepdim:keepdims unbiased
sample_deviation | torch.std input:x dim:axis * correction:ddof keepdim:keepdims unbiased
average   | np. a:x axis weights
norm      | np.linalg.norm x ord axis keepdims | torch.linalg.norm input:x ord dim:axis keepdim:keepdims
    | work: factors | dtype: float
norm_of_elements | tf.norm tf.linalg.norm tensor:x ord axis keepdims name! | work: factors | dtype: float
torch_norm | torch.norm input:x p:ord dim:axis keepdim:keepdims | .norm p:ord dim:axis | work: factors | dtype: float
any       | np. torch. tf.reduce_any tf.math.reduce_any | .any axis | cuts: integer | dtype: truth
all       | np. torch. tf.reduce_all tf.math.reduce_all | .all axis | cuts: integer | dtype: truth
argmax    | np. torch. | tf. tf.math.argmax input:x axis=0 output_type! name! | .argmax axis dim:axis | cuts: integer
    | dtype: whole | gives: places
argmin    | np. torch. | tf. tf.math.argmin input:x axis=0 output_type! name! | .argmin axis dim:axis | cuts: integer
    | dtype: whole | gives: places
count_nonzero | np. | tf.math.count_nonzero input:x axis keepdims * name! | torch. input:x dim:axis | cuts: integer
    | dtype: whole | gives: places

torch_max | torch.max input:x dim keepdim other | counts:
torch_min | torch.min input:x dim keepdim other | counts:

each | np. a:x axis | torch. input:x dim:axis | shape: along | counts: axis | dtype: number
cumsum    | np. (np.cumulative_sum) torch. | tf. tf.math.cumsum x axis=0 | .cumsum axis dim:axis | work: operand
cumprod   | np. (np.cumulative_prod) torch. | tf.math.cumprod x axis=0 | .cumprod axis dim:axis | work: operand
softmax   | tf.nn.softmax logits:x axis name! | torch. torch.nn.functional.softmax input:x dim:axis
    | jax.nn.softmax x axis
    | work: operand | dtype: float
log_softmax | tf.nn.log_softmax logits:x axis name! | torch. torch.nn.functional.log_softmax input:x dim:axis
    | jax.nn.log_softmax x axis
    | work: operand | dtype: float
total     | math.fsum seq:x | lists: yes | counts: | shape: reduced
product   | math.prod iterable:x * start | lists: yes | counts: | shape: reduced
"""
