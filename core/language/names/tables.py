"""The names of our functions in each namespace, as tables of text. Nothing but data.

In ELEMENTWISE a line is: the engine's function, then for each namespace that has it the namespace, with its own
names after `=` where they differ. In FUNCTIONS a line is: dotted path, its arguments, and the function of ours
(from `core.functions` or `library`). An argument `a:x` is called `a` there and `x` by us; `a!` has no effect.
"""

ELEMENTWISE = """
exp       np math tf=exp,math.exp torch
expm1     np math tf=math.expm1 torch
exp2      np math torch
log       np tf=math.log torch
log2      np math torch
log10     np math torch
log1p     np math tf=math.log1p torch
sqrt      np math tf=sqrt,math.sqrt torch
cbrt      np math
square    np tf=square,math.square torch
sin       np math tf=sin,math.sin torch
cos       np math tf=cos,math.cos torch
tan       np math tf=tan,math.tan torch
arcsin    np=arcsin,asin math=asin tf=asin,math.asin torch=asin,arcsin
arccos    np=arccos,acos math=acos tf=acos,math.acos torch=acos,arccos
arctan    np=arctan,atan math=atan tf=atan,math.atan torch=atan,arctan
sinh      np math tf=sinh,math.sinh torch
cosh      np math tf=cosh,math.cosh torch
tanh      np math tf=tanh,math.tanh,nn.tanh torch=tanh,nn.functional.tanh jax=nn.tanh
arcsinh   np=arcsinh,asinh math=asinh tf=asinh,math.asinh torch=asinh
arccosh   np=arccosh,acosh math=acosh tf=acosh,math.acosh torch=acosh
arctanh   np=arctanh,atanh math=atanh tf=atanh,math.atanh torch=atanh
abs       np=abs,absolute,fabs math=fabs tf=abs,math.abs torch=abs
sign      np tf=sign,math.sign torch
floor     np tf=floor,math.floor torch
ceil      np tf=math.ceil torch
rint      np tf=math.rint
sigmoid   tf=sigmoid,math.sigmoid,nn.sigmoid torch=sigmoid,nn.functional.sigmoid jax=nn.sigmoid
relu      tf=nn.relu torch=relu,nn.functional.relu jax=nn.relu
softplus  tf=nn.softplus,math.softplus torch=nn.functional.softplus jax=nn.softplus
erf       math tf=math.erf torch=erf,special.erf jax=scipy.special.erf
reciprocal np tf=math.reciprocal torch
rsqrt     tf=math.rsqrt torch
relu6     tf=nn.relu6 torch=nn.functional.relu6 jax=nn.relu6
elu       tf=nn.elu torch=nn.functional.elu jax=nn.elu
selu      tf=nn.selu torch=nn.functional.selu jax=nn.selu
gelu      tf=nn.gelu torch=nn.functional.gelu jax=nn.gelu
silu      tf=nn.silu,nn.swish torch=nn.functional.silu jax=nn.silu
softsign  tf=nn.softsign torch=nn.functional.softsign jax=nn.soft_sign
log_sigmoid tf=math.log_sigmoid torch=nn.functional.logsigmoid jax=nn.log_sigmoid
sinc      np torch
hard_tanh torch=nn.functional.hardtanh
trunc     np torch
negative  np tf=negative,math.negative torch=neg
degrees   np=degrees,rad2deg math torch=rad2deg
radians   np=radians,deg2rad math torch=deg2rad
"""

BINARY = """
fmax      np torch
fmin      np torch
logaddexp2 np torch
floor_divide np torch
maximum   np tf=maximum,math.maximum torch
minimum   np tf=minimum,math.minimum torch
add       np tf=add,math.add torch
subtract  np tf=subtract,math.subtract torch=sub
multiply  np tf=multiply,math.multiply torch=mul
divide    np=divide,true_divide tf=divide,math.divide torch=div
power     np tf=pow,math.pow torch=pow
arctan2   np=arctan2,atan2 math=atan2 tf=atan2,math.atan2 torch=atan2
hypot     np math torch
logaddexp np torch
mod       np=mod,remainder tf=math.floormod torch=remainder
matmul    np torch=matmul,mm,bmm,mv
dot       np torch
outer     np torch
inner     np torch
equal     np tf=equal,math.equal torch=eq
not_equal np tf=not_equal torch=ne
greater   np tf=greater,math.greater torch=gt
greater_equal np tf=greater_equal torch=ge
less      np tf=less,math.less torch=lt
less_equal np tf=less_equal torch=le
logical_and np tf=logical_and torch
logical_or np tf=logical_or torch
divide_no_nan tf=math.divide_no_nan
xlogy     tf=math.xlogy torch=xlogy
squared_difference tf=math.squared_difference
matvec    tf=linalg.matvec
cross     np
kron      np torch
"""

REDUCTIONS = """
sum       np tf=reduce_sum,math.reduce_sum torch
mean      np tf=reduce_mean,math.reduce_mean torch
prod      np tf=reduce_prod,math.reduce_prod torch
max       np=max,amax tf=reduce_max,math.reduce_max torch=amax
min       np=min,amin tf=reduce_min,math.reduce_min torch=amin
logsumexp tf=reduce_logsumexp,math.reduce_logsumexp torch jax=nn.logsumexp,scipy.special.logsumexp
any       np tf=reduce_any torch
all       np tf=reduce_all torch
argmax    np torch
argmin    np torch
population_variance tf=math.reduce_variance
population_deviation tf=math.reduce_std
median    np
ptp       np
count_nonzero np tf=math.count_nonzero torch
"""

FUNCTIONS = """
np.var a:x axis ddof keepdims = var
np.std a:x axis ddof keepdims = std
torch.var input:x dim:axis correction:ddof keepdim:keepdims unbiased = sample_variance
torch.std input:x dim:axis correction:ddof keepdim:keepdims unbiased = sample_deviation
np.cumsum a:x axis = cumsum
np.cumprod a:x axis = cumprod
tf.argmax input:x axis output_type! = first_axis_argmax
tf.argmin input:x axis output_type! = first_axis_argmin
tf.math.argmax input:x axis output_type! = first_axis_argmax
tf.math.argmin input:x axis output_type! = first_axis_argmin
torch.max input:x dim keepdim other = torch_max
torch.min input:x dim keepdim other = torch_min
tf.cumsum x axis = first_axis_cumsum
tf.math.cumsum x axis = first_axis_cumsum
tf.math.cumprod x axis = first_axis_cumprod
torch.cumsum input:x dim:axis = cumsum
torch.cumprod input:x dim:axis = cumprod
np.average a:x axis weights = average
np.reshape a:x shape newshape:shape = reshape
tf.reshape tensor:x shape = reshape
torch.reshape input:x shape = reshape
np.ravel a:x = ravel
torch.flatten input:x start_dim:start = flatten
np.transpose a:x axes = transpose
tf.transpose a:x perm:axes = transpose
tf.linalg.matrix_transpose a:x = transpose_last
torch.t input:x = transpose
torch.transpose input:x dim0:one dim1:other = swapaxes
torch.permute input:x dims:axes = transpose
np.swapaxes a:x axis1:one axis2:other = swapaxes
np.moveaxis a:x source destination = moveaxis
np.expand_dims a:x axis = expand_dims
tf.expand_dims input:x axis = expand_dims
torch.unsqueeze input:x dim:axis = expand_dims
np.squeeze a:x axis = squeeze
tf.squeeze input:x axis = squeeze
torch.squeeze input:x dim:axis = squeeze
np.broadcast_to array:x shape = broadcast_to
tf.broadcast_to input:x shape = broadcast_to
torch.broadcast_to input:x size:shape = broadcast_to
np.concatenate arrays:xs axis = concatenate
np.append arr:x values:y axis = append
np.hstack tup:xs = hstack
np.vstack tup:xs = vstack
np.column_stack tup:xs = column_stack
np.stack arrays:xs axis = stack
tf.concat values:xs axis = concatenate
tf.stack values:xs axis = stack
torch.cat tensors:xs dim:axis = concatenate
torch.concat tensors:xs dim:axis = concatenate
torch.stack tensors:xs dim:axis = stack
np.split ary:x indices_or_sections:parts axis = split
tf.split value:x num_or_size_splits:parts axis = split_sizes
tf.unstack value:x num! axis = unstack
np.where condition x y = where
tf.where condition x y = where
torch.where condition input:x other:y = where
np.clip a:x a_min a_max min max = clip
tf.clip_by_value t:x clip_value_min:a_min clip_value_max:a_max = clip
torch.clamp input:x min:a_min max:a_max = clip
torch.clip input:x min:a_min max:a_max = clip
tf.clip_by_norm t:x clip_norm axes! = clip_by_norm
np.take a:x indices axis = take
tf.gather params:x indices axis = gather
tf.gather_nd params:x indices = gather_nd
tf.boolean_mask tensor:x mask = boolean_mask
np.take_along_axis arr:x indices axis = take_along_axis
torch.gather input:x dim:axis index:indices = torch_gather
np.pad array:x pad_width:width mode constant_values:value = pad
tf.pad tensor:x paddings:width mode constant_values:value = pad
np.flip m:x axis = flip
tf.reverse tensor:x axis = flip
torch.flip input:x dims:axis = flip
np.roll a:x shift axis = roll
tf.roll input:x shift axis = roll
np.repeat a:x repeats axis = repeat
tf.repeat input:x repeats axis = repeat
np.tile A:x reps = tile
tf.tile input:x multiples:reps = tile
torch.tile input:x dims:reps = tile
np.tril m:x k = tril
np.triu m:x k = triu
torch.tril input:x diagonal:k = tril
torch.triu input:x diagonal:k = triu
np.diag v:x k = diag
tf.linalg.diag diagonal:x = diag
tf.linalg.diag_part input:x = diag
torch.diag input:x diagonal:k = diag
np.trace a:x = trace
tf.linalg.trace x = trace
torch.trace input:x = trace
np.sort a:x axis = sort
tf.sort values:x axis = sort
np.argsort a:x axis = argsort
tf.argsort values:x axis = argsort
np.diff a:x n axis = diff
np.trapezoid y x dx axis = trapezoid
np.trapz y x dx axis = trapezoid
np.interp x xp fp = interp
np.polyval p x = polyval
np.polyfit x y deg = polyfit
np.linalg.lstsq a:x b:y rcond! = lstsq
np.nonzero a:x = nonzero
np.argwhere a:x = argwhere
np.flatnonzero a:x = flatnonzero
np.tensordot a:x b:y axes = tensordot
tf.matmul a:x b:y transpose_a transpose_b name! = tf_matmul
tf.linalg.matmul a:x b:y transpose_a transpose_b name! = tf_matmul
tf.tensor_scatter_nd_update tensor:x indices updates = scatter_update
np.nansum a:x axis keepdims = nansum
np.nanmean a:x axis keepdims = nanmean
np.linalg.matrix_power a:x n = matrix_power
np.linalg.pinv a:x = pinv
np.linalg.eigvalsh a:x = eigvalsh
np.fliplr m:x = fliplr
np.flipud m:x = flipud
np.rot90 m:x k = rot90
np.convolve a:x v:y mode = convolve
np.dstack tup:xs = dstack
np.diagonal a:x offset axis1 axis2 = diagonal
np.diagflat v:x k = diagflat
np.vander x N:n = vander
tf.tensordot a:x b:y axes = tensordot
np.einsum *operands = einsum
tf.einsum *operands = einsum
torch.einsum *operands = einsum
np.vdot a:x b:y = vdot
np.linalg.norm x ord axis keepdims = norm
tf.norm tensor:x ord axis keepdims = norm
tf.linalg.norm tensor:x ord axis keepdims = norm
torch.norm input:x p:ord dim:axis keepdim:keepdims = norm
torch.linalg.norm A:x ord dim:axis keepdim:keepdims = norm
np.linalg.solve a:x b:y = solve
tf.linalg.solve matrix:x rhs:y = solve
torch.linalg.solve A:x B:y = solve
np.linalg.inv a:x = inv
tf.linalg.inv input:x = inv
torch.linalg.inv A:x = inv
torch.inverse input:x = inv
np.linalg.det a:x = det
tf.linalg.det input:x = det
torch.linalg.det A:x = det
np.linalg.slogdet a:x = slogdet
np.linalg.cholesky a:x = cholesky
tf.linalg.cholesky input:x = cholesky
torch.linalg.cholesky A:x = cholesky
tf.nn.softmax logits:x axis name! = softmax
torch.softmax input:x dim:axis = softmax
torch.nn.functional.softmax input:x dim:axis = softmax
jax.nn.softmax x axis = softmax
tf.nn.log_softmax logits:x axis = log_softmax
torch.log_softmax input:x dim:axis = log_softmax
torch.nn.functional.log_softmax input:x dim:axis = log_softmax
jax.nn.log_softmax x axis = log_softmax
tf.nn.leaky_relu features:x alpha = leaky_relu
torch.nn.functional.leaky_relu input:x negative_slope:slope = torch_leaky_relu
jax.nn.leaky_relu x negative_slope:slope = torch_leaky_relu
tf.nn.l2_loss t:x = l2_loss
tf.nn.sigmoid_cross_entropy_with_logits labels logits = sigmoid_cross_entropy
tf.nn.softmax_cross_entropy_with_logits labels logits axis! = softmax_cross_entropy
tf.nn.sparse_softmax_cross_entropy_with_logits labels logits = sparse_cross_entropy
torch.nn.functional.mse_loss input:x target:y = mse_loss
torch.nn.functional.l1_loss input:x target:y = l1_loss
torch.nn.functional.cross_entropy input:logits target:labels = torch_cross_entropy
torch.nn.functional.nll_loss input:x target:labels = nll_loss
torch.nn.functional.binary_cross_entropy input:x target:y = binary_cross_entropy
torch.nn.functional.binary_cross_entropy_with_logits input:logits target:labels = mean_sigmoid_cross_entropy
torch.nn.functional.linear input:x weight bias = linear
torch.sum input:x dim:axis keepdim:keepdims = sum
tf.add_n inputs:xs = add_n
tf.size input:x = size
tf.shape input:x = shape
tf.rank input:x = rank
np.size a:x = size
np.shape a:x = shape
np.ndim a:x = rank
torch.numel input:x = size
np.array object:values dtype copy! ndmin! = array
np.asarray a:values dtype = array
tf.constant value:values dtype shape name! = constant
tf.convert_to_tensor value:values dtype name! = constant
torch.tensor data:values dtype requires_grad device! = torch_tensor
torch.as_tensor data:values dtype = torch_tensor
torch.from_numpy ndarray:values = torch_tensor
tf.Variable initial_value:value trainable name dtype shape! validate_shape! = Variable
tf.identity input:x name! = identity
tf.stop_gradient input:x = stop_gradient
jax.lax.stop_gradient x = stop_gradient
tf.cast x dtype = cast
tf.zeros shape dtype = zeros
tf.ones shape dtype = ones
tf.fill dims:shape value = full
tf.eye num_rows:n num_columns:m dtype = eye
tf.range *limits = arange
tf.linspace start stop num = linspace
tf.zeros_like input:x dtype! = zeros_like
tf.ones_like input:x dtype! = ones_like
tf.one_hot indices depth on_value! off_value! dtype! = one_hot
jax.nn.one_hot x:indices num_classes:depth = one_hot
torch.nn.functional.one_hot tensor:indices num_classes:depth = one_hot
np.zeros shape dtype = zeros
np.ones shape dtype = ones
np.empty shape dtype = zeros
np.full shape fill_value:value dtype = full
np.eye N:n M:m dtype = eye
np.identity n dtype = eye
np.arange *limits dtype! = arange
np.linspace start stop num endpoint dtype! = linspace
np.logspace start stop num = logspace
np.zeros_like a:x dtype! = zeros_like
np.ones_like a:x dtype! = ones_like
np.empty_like a:x dtype! = zeros_like
np.full_like a:x fill_value:value = full_like
np.copy a:x = copy
np.meshgrid *arrays indexing! = meshgrid
torch.zeros *shape dtype! requires_grad device! = torch_zeros
torch.ones *shape dtype! requires_grad device! = torch_ones
torch.eye n m dtype! device! = eye
torch.full size:shape fill_value:value dtype! device! = full
torch.arange *limits dtype! device! = arange
torch.linspace start end:stop steps:num dtype! device! = linspace
torch.zeros_like input:x dtype! device! = zeros_like
torch.ones_like input:x dtype! device! = ones_like
torch.clone input:x = identity
np.isnan x = isnan
np.isinf x = isinf
np.isfinite x = isfinite
tf.math.is_nan x = isnan
tf.math.is_inf x = isinf
torch.isnan input:x = isnan
np.logical_not x = logical_not
np.allclose a:x b:y rtol atol = allclose
np.isclose a:x b:y rtol atol = isclose
torch.allclose input:x other:y rtol atol = allclose
np.array_equal a1:x a2:y = array_equal
np.round a:x decimals = round_to
np.around a:x decimals = round_to
tf.round x = round_to
torch.round input:x = round_to
torch.cuda.is_available = nowhere
torch.device type! = the_device
torch.set_default_device device! = nothing
np.heaviside x half = heaviside
np.unique ar:x = unique
np.searchsorted a:x v:y side! = searchsorted
np.atleast_1d x = atleast_1d
np.atleast_2d x = atleast_2d
np.nan_to_num x nan = nan_to_num
math.log x base = log_of
math.pow x y = power
math.floor x = math_floor
math.ceil x = math_ceil
math.trunc x = math_trunc
math.fsum seq:x = total
math.prod iterable:x start! = product
math.factorial n = factorial
math.comb n k = comb
math.gcd a b = gcd
math.isnan x = isnan
math.isinf x = isinf
math.isfinite x = isfinite
math.isclose a:x b:y rel_tol:rtol abs_tol:atol = isclose
math.dist p q = dist
math.gamma x = gamma
math.lgamma x = lgamma
math.fmod x y = fmod
math.copysign x y = copysign
"""

CONSTANTS = {
    "np.pi": "pi", "np.e": "e", "np.inf": "inf", "np.nan": "nan", "np.newaxis": "newaxis",
    "math.pi": "pi", "math.e": "e", "math.inf": "inf", "math.nan": "nan", "math.tau": "tau",
    "torch.pi": "pi", "torch.inf": "inf", "torch.nan": "nan", "tf.newaxis": "newaxis",
    "tf.UnconnectedGradients.ZERO": "zero", "tf.UnconnectedGradients.NONE": "none",
}  # fmt: skip

INSTEAD = {
    "np.c_": "Write np.column_stack([a, b]).", "np.r_": "Write np.concatenate([a, b]).",
    "np.set_printoptions": "Leave the line away, and print with a format: f\"{x:.3f}\".",
    "torch.set_printoptions": "Leave the line away, and print with a format: f\"{x:.3f}\".",
    "torch.nn.Linear": "Make w and b with torch.randn(..., requires_grad=True), and write x @ w + b.",
    "torch.nn.Sequential": "Write the layers one after the other: torch.relu(x @ w1 + b1) @ w2 + b2.",
    "torch.nn.Module": "Write a function, and keep the parameters in names.",
    "torch.nn.MSELoss": "Write torch.nn.functional.mse_loss(y, target).",
    "torch.nn.CrossEntropyLoss": "Write torch.nn.functional.cross_entropy(logits, labels).",
    "tf.keras.optimizers": "Take a step with w.assign_sub(0.1*dw).",
    "tf.keras": "Make variables with tf.Variable, and write tf.matmul(x, w) + b.",
}

DTYPES = {
    "float16": ("np", "tf", "torch"), "half": ("torch", "tf"), "float64": ("tf", "torch"), "float32": ("tf", "torch"),
    "float": ("torch",), "double": ("torch", "tf"), "int32": ("np", "tf", "torch"), "int64": ("np", "tf", "torch"),
    "long": ("torch",), "int": ("torch",), "bool": ("tf", "torch"), "bool_": ("np",), "int8": ("np", "tf", "torch"),
    "uint8": ("np", "tf", "torch"),
}  # fmt: skip
