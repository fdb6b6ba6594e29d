"""Functions that make arrays, tensors and variables."""

ROWS = """
each | dtype: any | lists: yes
array     | np. object:values dtype * copy! ndmin! | size: joined | boxes: np
asarray   | np. a:values dtype | size: joined | same: np | boxes: np
constant  | tf.constant value:values dtype shape name! | size: joined
convert_to_tensor | tf. value:values dtype dtype_hint! name! | size: joined
torch_tensor | torch.tensor data:values * dtype requires_grad device! | size: joined
as_tensor | torch.as_tensor data:values dtype device! | torch.from_numpy ndarray:values | size: joined
Variable  | tf.Variable initial_value:value trainable * name dtype shape! validate_shape!
zeros     | np. np.empty shape dtype | tf. shape dtype name! | shape: given | counts: shape | cuts: constant
    | boxes: np
ones      | np. shape dtype | tf. shape dtype name! | shape: given | counts: shape | cuts: constant | boxes: np
full      | np. shape fill_value:value dtype | tf.fill dims:shape value name!
    | shape: given | counts: shape | boxes: np
torch_full | torch.full size:shape fill_value:value * dtype requires_grad device! | shape: given | counts: shape
eye       | np. N:n M:m * dtype | np.identity n dtype | tf. num_rows:n num_columns:m * dtype name!
    | counts: n m | cuts: constant
torch_eye | torch.eye n m * dtype requires_grad device! | counts: n m | cuts: constant
arange    | np. *limits start stop step dtype | tf.range *limits start limit:stop delta:step dtype name!
    | counts: limits start stop step | cuts: constant
torch_arange | torch.arange *limits start end step dtype requires_grad device! | counts: limits start end step
    | cuts: constant
linspace  | np. start stop num endpoint * dtype! | tf. start stop num name! | counts: num
torch_linspace | torch.linspace start end:stop steps:num * dtype requires_grad device! | counts: num
logspace  | np. start stop num | counts: num
one_hot   | tf. indices depth on_value! off_value! * dtype! name! | jax.nn.one_hot x:indices num_classes:depth
    | torch.nn.functional.one_hot tensor:indices num_classes:depth | counts: indices depth | cuts: integer
old_variable | torch.autograd.Variable data requires_grad
torch_zeros | torch.zeros torch.empty *shape size dtype requires_grad device! | shape: given | counts: shape size
torch_ones | torch.ones *shape size dtype requires_grad device! | shape: given | counts: shape size

each | np. a:x dtype! | tf. input:x dtype! name! | cuts: constant
zeros_like | np. tf. | np.empty_like prototype:x dtype! | boxes: np
ones_like | np. tf. | boxes: np
torch_zeros_like | torch.zeros_like torch.empty_like input:x * dtype requires_grad device!
torch_ones_like | torch.ones_like input:x * dtype requires_grad device!
torch_full_like | torch.full_like input:x fill_value:value * dtype requires_grad device! | likes: x
full_like | np. a:x fill_value:value | likes: x | boxes: np

each | cuts: constant | lists: yes
new_zeros | .new_zeros *shape requires_grad dtype! device! | counts: shape
new_ones  | .new_ones *shape requires_grad dtype! device! | counts: shape
new_tensor | .new_tensor data:values requires_grad dtype! device!

each | cuts: constant
nowhere   | torch.cuda.is_available
the_device | torch.device type!
nothing   | jax.config.update name! val!
    | tf.keras.backend.clear_session free_memory! | tf.keras.backend.set_floatx value!
    | torch.set_default_device device! | torch.set_default_dtype d! | torch.set_printoptions precision! threshold!
    edgeitems! linewidth! profile! sci_mode! | torch.set_num_threads int! | np.set_printoptions precision! threshold!
    edgeitems! linewidth! suppress!
"""
