"""Functions of one number, element by element: elementary functions, rounding, activations."""

ROWS = """
each | np. math. x | tf. x name! | torch. input:x | jax. x | shape: same | dtype: float
exp       | np. math. tf. tf.math.exp torch. .
expm1     | np. math. tf.math.expm1 torch.
exp2      | np. math. torch.
log       | np. tf.math.log torch. .
log2      | np. math. torch.
log10     | np. math. torch.
log1p     | np. math. tf.math.log1p torch.
sqrt      | np. math. tf. tf.math.sqrt torch. .
cbrt      | np. math.
square    | np. tf. tf.math.square torch. . | dtype: number
sin       | np. math. tf. tf.math.sin torch. .
cos       | np. math. tf. tf.math.cos torch. .
tan       | np. math. tf. tf.math.tan torch. .
arcsin    | np. np.asin math.asin tf.asin tf.math.asin torch.asin torch.arcsin
arccos    | np. np.acos math.acos tf.acos tf.math.acos torch.acos torch.arccos
arctan    | np. np.atan math.atan tf.atan tf.math.atan torch.atan torch.arctan
sinh      | np. math. tf. tf.math.sinh torch. .
cosh      | np. math. tf. tf.math.cosh torch. .
tanh      | np. math. tf. tf.math.tanh tf.nn.tanh torch. torch.nn.functional.tanh jax.nn.tanh .
arcsinh   | np. np.asinh math.asinh tf.asinh tf.math.asinh torch.asinh
arccosh   | np. np.acosh math.acosh tf.acosh tf.math.acosh torch.acosh
arctanh   | np. np.atanh math.atanh tf.atanh tf.math.atanh torch.atanh
abs       | np. np.absolute np.fabs math.fabs tf. tf.math.abs torch. . | dtype: number
sign      | np. tf. tf.math.sign torch. | dtype: number
floor     | np. tf. tf.math.floor torch. | cuts: no_derivative
ceil      | np. tf.math.ceil torch. | cuts: no_derivative
rint      | np. tf.math.rint | cuts: no_derivative
trunc     | np. torch. | cuts: no_derivative
erf       | math. tf.math.erf torch. torch.special.erf . | scipy.special.erf x
reciprocal | np. tf.math.reciprocal torch.
rsqrt     | tf.math.rsqrt torch. jax.lax.rsqrt
sinc      | np. torch.
neg       | np.negative tf.negative tf.math.negative torch.neg | dtype: number
degrees   | np. np.rad2deg math. torch.rad2deg
radians   | np. np.deg2rad math. torch.deg2rad
conj      | (np.conj) (np.conjugate) | dtype: number
real      | (np.real) | dtype: number | work: moved
identity  | (np.positive) x | tf.identity input:x name! | torch.clone input:x | dtype: any | work: moved

each | np. math. x | tf. features:x name! | torch. input:x | jax. x | shape: same | dtype: float
sigmoid   | tf. tf.math.sigmoid tf.nn.sigmoid x name! | torch. torch.nn.functional.sigmoid jax.nn.sigmoid .
    | scipy.special.expit x
relu      | tf.nn.relu torch. torch.nn.functional.relu jax.nn.relu . | dtype: number
softplus  | tf.nn.softplus tf.math.softplus torch.nn.functional.softplus jax.nn.softplus
relu6     | tf.nn.relu6 torch.nn.functional.relu6 jax.nn.relu6 | dtype: number
elu       | tf.nn.elu torch.nn.functional.elu jax.nn.elu
selu      | tf.nn.selu torch.nn.functional.selu jax.nn.selu
gelu      | tf.nn.gelu features:x approximate name! | torch.nn.functional.gelu
    | jax.nn.gelu x approximate=True
silu      | tf.nn.silu tf.nn.swish features:x | torch.nn.functional.silu jax.nn.silu
softsign  | tf.nn.softsign torch.nn.functional.softsign jax.nn.soft_sign
log_sigmoid | tf.math.log_sigmoid x name! | torch.nn.functional.logsigmoid jax.nn.log_sigmoid
hard_tanh | torch.nn.functional.hardtanh jax.nn.hard_tanh
leaky_relu | tf.nn.leaky_relu features:x alpha name! | torch.nn.functional.leaky_relu input:x negative_slope:alpha=0.01
    | jax.nn.leaky_relu x negative_slope:alpha=0.01 | dtype: number

each | np. math. x | tf. x name! | torch. input:x | shape: same | dtype: any
isnan     | np. math. tf.math.is_nan torch. | dtype: truth | cuts: integer
isinf     | np. math. tf.math.is_inf torch. | dtype: truth | cuts: integer
isfinite  | np. math. tf.math.is_finite torch. | dtype: truth | cuts: integer
signbit   | (np.signbit) | dtype: truth | cuts: integer
logical_not | np. tf. tf.math.logical_not torch. | dtype: truth | cuts: integer
round     | np. np.around a:x decimals | tf. tf.math.round x name! | torch. input:x | .round decimals
    | python.round number:x ndigits:decimals
    | counts: decimals | dtype: number | cuts: no_derivative
nan_to_num | np. x copy! nan
clip      | np. a:x a_min a_max * min max | .clip .clamp min:a_min max:a_max
    | torch. torch.clamp input:x min:a_min max:a_max
    | tf.clip_by_value t:x clip_value_min:a_min clip_value_max:a_max name! | shape: broadcast | dtype: number
clip_by_norm | tf. t:x clip_norm axes! name!
math_floor | math.floor x | cuts: no_derivative
math_ceil | math.ceil x | cuts: no_derivative
math_trunc | math.trunc x | cuts: no_derivative
gamma     | math.
lgamma    | math.
cast      | tf.cast x dtype name! | .astype dtype copy! | work: moved
stop_gradient | tf. input:x name! | jax.lax.stop_gradient x | .detach | cuts: stop_gradient | views: torch
"""
