"""Functions that put the same elements elsewhere: shapes, joins, repeats, order, and elements chosen by place."""

ROWS = """
each | np. a:x | tf. input:x name! | torch. input:x | dtype: any
reshape   | np. a:x shape * newshape:shape | tf. tensor:x shape name! | torch. input:x shape | .reshape .view *shape
    | shape: reshaped | counts: shape | work: moved | views: all
ravel     | np. | .ravel | work: moved | views: all | packed: all
flatten   | torch. input:x start_dim:start | .flatten start_dim:start | counts: start | work: moved | views: torch
transpose | np. (np.permute_dims) a:x axes | tf. a:x perm:axes conjugate! name! | torch.t input:x
    | torch.permute input:x dims:axes
    | .transpose .permute *axes | .t | shape: reversed | counts: axes | work: moved | views: all
matrix_transpose | (np.matrix_transpose) (np.linalg.matrix_transpose) | tf.linalg.matrix_transpose a:x name! conjugate!
    | work: moved | views: np
swapaxes  | np. a:x axis1 axis2 | torch.transpose input:x dim0:axis1 dim1:axis2
    | torch.swapaxes input:x axis0:axis1 axis1:axis2 | .swapaxes axis1 axis2
    | counts: axis1 axis2 | work: moved | views: all
moveaxis  | np. a:x source destination | torch.moveaxis torch.movedim input:x source destination
    | counts: source destination | work: moved | views: all
expand_dims | np. a:x axis | tf. input:x axis name! | torch.unsqueeze input:x dim:axis | .unsqueeze dim:axis
    | counts: axis | work: moved | views: all
squeeze   | np. a:x axis | tf. input:x axis name! | torch. input:x dim:axis | .squeeze axis dim:axis | counts: axis
    | work: moved | views: all
atleast_1d | np. *arys:xs | work: moved | views: np
atleast_2d | np. *arys:xs | work: moved | views: np
atleast_3d | (np.atleast_3d) | views: np
broadcast_to | np. array:x shape | tf. input:x shape name! | torch. input:x size:shape | .broadcast_to *shape
    | counts: shape | size: shape
    | work: moved | views: all
    | locked: all
broadcast_arrays | (np.broadcast_arrays)
expand    | .expand *sizes | counts: sizes | size: shape | work: moved | views: torch | locked: torch
expand_as | .expand_as other | work: moved | views: torch | locked: torch
narrow    | torch. input:x dim:axis start length | .narrow dim:axis start length | counts: axis start length
    | work: moved | views: torch
select_at | torch.select input:x dim:axis index | .select dim:axis index | counts: axis index | work: moved
    | views: torch
chunk     | torch. input:x chunks dim:axis | .chunk chunks dim:axis | counts: chunks axis | views: torch
torch_split | torch.split tensor:x split_size_or_sections:parts dim:axis | .split split_size:parts dim:axis
    | counts: parts axis | views: torch
unbind    | torch. input:x dim:axis | .unbind dim:axis | counts: axis | views: torch
getitem   | work: moved
setitem   | work: moved

concatenate | np. (np.concat) arrays:xs axis | tf.concat values:xs axis name!
    | torch.cat torch.concat torch.concatenate tensors:xs dim:axis
    | shape: joined | counts: axis | size: joined | work: moved | lists: yes
stack     | np. arrays:xs axis | tf. values:xs axis name! | torch. tensors:xs dim:axis | shape: stacked | counts: axis
    | size: joined | work: moved | lists: yes
hstack    | np. tup:xs | size: joined | work: moved | lists: yes
vstack    | np. tup:xs | size: joined | work: moved | lists: yes
dstack    | np. tup:xs | size: joined | work: moved
column_stack | np. tup:xs | size: joined | work: moved | lists: yes
append    | np. arr:x values axis | counts: axis | size: joined | work: moved | lists: yes
add_n     | tf. inputs:xs name! | lists: yes | dtype: number
split     | np. ary:x indices_or_sections axis | counts: indices_or_sections axis | lists: yes | views: np
array_split | (np.array_split) | views: np
hsplit    | (np.hsplit) | views: np
vsplit    | (np.vsplit) | views: np
dsplit    | (np.dsplit)
split_sizes | tf.split value:x num_or_size_splits:parts axis num! name! | counts: parts axis | lists: yes
unstack   | tf. value:x num! axis name! | counts: axis
meshgrid  | np. *arrays indexing! | tf. *args:arrays indexing! name! | size: pairs | lists: yes

pad       | np. array:x pad_width mode * constant_values | tf. tensor:x paddings:pad_width mode constant_values name!
    | counts: pad_width | size: padded | work: moved
flip      | np. m:x axis | tf.reverse tensor:x axis name! | torch. input:x dims:axis | shape: along | counts: axis
    | work: moved | views: np
fliplr    | np. m:x | work: moved | views: np
flipud    | np. m:x | work: moved | views: np
rot90     | np. m:x k | counts: k | work: moved | views: np
roll      | np. a:x shift axis | tf. input:x shift axis name! | torch. input:x shifts:shift dims:axis
    | counts: shift axis | work: moved
repeat    | np. a:x repeats axis | tf. input:x repeats axis name! | torch.repeat_interleave input:x repeats dim:axis
    | .repeat *counts repeats axis | counts: repeats axis counts | size: times | work: moved
tile      | np. A:x reps | tf. input:x multiples:reps name! | torch. input:x dims:reps | counts: reps | size: times
    | work: moved
tril      | np. m:x k | torch. input:x diagonal:k | counts: k | size: square | work: moved
triu      | np. m:x k | torch. input:x diagonal:k | counts: k | size: square | work: moved
diag      | np. v:x k | tf.linalg.diag diagonal:x name! k | torch. input:x diagonal:k | counts: k | size: square
    | work: moved | views: np | locked: np
diag_part | tf.linalg.diag_part input:x name! k | counts: k
diagflat  | np. v:x k | counts: k | size: square
diagonal  | np. a:x offset axis1 axis2 | torch. input:x offset dim1:axis1 dim2:axis2
    | .diagonal offset axis1 axis2 dim1:axis1 dim2:axis2 | shape: of_matrix | counts: offset axis1 axis2
    | views: all | locked: np
inner_diagonal | np.linalg.diagonal x * offset | shape: of_matrix | counts: offset | views: np | locked: np

take      | np. a:x indices axis | .take indices axis | counts: indices axis
take_along_axis | np. arr:x indices axis | counts: indices axis
compress  | (np.compress)
delete    | (np.delete)
select    | (np.select)
gather    | tf. params:x indices validate_indices! axis * name! | counts: indices axis
gather_nd | tf. params:x indices * name! | counts: indices
boolean_mask | tf. tensor:x mask * name!
torch_gather | torch.gather input:x dim:axis index:indices | counts: axis indices
scatter_update | tf.tensor_scatter_nd_update tensor:x indices updates name! | counts: indices
scatter_nd_add | tf.tensor_scatter_nd_add tensor:x indices updates name! | counts: indices
scatter_nd_sub | tf.tensor_scatter_nd_sub tensor:x indices updates name! | counts: indices
scatter_nd_max | tf.tensor_scatter_nd_max tensor:x indices updates name! | counts: indices
scatter_nd_min | tf.tensor_scatter_nd_min tensor:x indices updates name! | counts: indices
scatter_nd | tf. indices updates shape name! | counts: indices shape
sort      | np. a:x axis | tf. values:x axis * name! | shape: along | counts: axis
argsort   | np. a:x axis | tf. values:x axis * name! | .argsort axis | shape: along | counts: axis | cuts: integer
    | dtype: whole | gives: places
torch_sort | torch.sort input:x dim:axis descending | .sort dim:axis descending | counts: axis
torch_argsort | torch.argsort input:x dim:axis descending | counts: axis | cuts: integer | dtype: whole | gives: places
torch_topk | torch.topk input:x k dim:axis largest sorted! | .topk k dim:axis largest sorted! | counts: k axis
masked_fill | torch.masked_fill input:x mask value | .masked_fill mask value
searchsorted | np. a:x v:y side! | cuts: integer | gives: places | dtype: whole
nonzero   | np. | cuts: integer | gives: places | dtype: whole
argwhere  | np. | cuts: integer | gives: places | dtype: whole
flatnonzero | np. | cuts: integer | gives: places | dtype: whole
unique    | np. ar:x | cuts: no_derivative

diff      | np. a:x n axis | shape: along | counts: n axis | work: differences | dtype: number
trapezoid | np. np.trapz y x dx axis | counts: axis | dtype: number
gradient  | (np.gradient)
interp    | np. x xp fp | dtype: float
polyval   | np. p x | dtype: number
polyfit   | np. x y deg | counts: deg | size: powers | work: fit
vander    | np. x N | counts: N | size: powers
convolve  | np. a:x v:y mode | work: convolution | dtype: number

each | np. a:x | tf. input:x name! | torch. input:x | cuts: constant
size      | np. | tf. input:x out_type! name! | torch.numel | .size dim | .numel .nelement | counts: dim
shape     | np. | tf. input:x out_type! name!
rank      | np.ndim tf.rank | .dim

each | dtype: any
item      | .item | cuts: detached
tolist    | .tolist | cuts: detached
numpy     | .numpy | cuts: detached
copy      | np. a:x order! | .copy .clone .block_until_ready | boxes: np
on_cpu    | .cpu | same: torch
contiguous | .contiguous | same: torch | packed: torch
fill      | .fill value
as_float  | .float .double | same: torch
as_whole  | .long .int | cuts: integer | same: torch
as_truth  | .bool | cuts: integer
to        | .to .type target dtype device! | same: torch
"""
