"""Losses and layers of networks."""

ROWS = """
each | dtype: float
sigmoid_cross_entropy | tf.nn.sigmoid_cross_entropy_with_logits labels logits name!
softmax_cross_entropy | tf.nn.softmax_cross_entropy_with_logits labels logits axis name! | counts: axis
sparse_cross_entropy | tf.nn.sparse_softmax_cross_entropy_with_logits labels logits name!
l2_loss   | tf.nn.l2_loss t:x name!
mse_loss  | torch.nn.functional.mse_loss input:x target:y * reduction | shape: mean
l1_loss   | torch.nn.functional.l1_loss input:x target:y * reduction | shape: mean
huber_loss | torch.nn.functional.huber_loss input:x target:y reduction delta | shape: mean
smooth_l1_loss | torch.nn.functional.smooth_l1_loss input:x target:y * reduction beta | shape: mean
kl_div    | torch.nn.functional.kl_div input:x target:y * reduction log_target | shape: mean
torch_cross_entropy | torch.nn.functional.cross_entropy input:logits target:labels weight * ignore_index reduction
    label_smoothing
nll_loss  | torch.nn.functional.nll_loss input:x target:labels weight * ignore_index reduction
binary_cross_entropy | torch.nn.functional.binary_cross_entropy input:x target:y weight * reduction | shape: mean
mean_sigmoid_cross_entropy | torch.nn.functional.binary_cross_entropy_with_logits input:logits target:labels weight
    * reduction pos_weight | shape: mean
linear    | torch.nn.functional.linear input:x weight bias

each | dtype: float | lists: yes
torch_conv1d | torch.nn.functional.conv1d torch.conv1d input:x weight bias stride padding dilation groups
    | work: product
torch_conv2d | torch.nn.functional.conv2d torch.conv2d input:x weight bias stride padding dilation groups
    | work: product
torch_max_pool1d | torch.nn.functional.max_pool1d input:x kernel_size:size stride padding dilation
torch_max_pool2d | torch.nn.functional.max_pool2d input:x kernel_size:size stride padding dilation
torch_avg_pool1d | torch.nn.functional.avg_pool1d input:x kernel_size:size stride padding *
    count_include_pad:counts_padding
torch_avg_pool2d | torch.nn.functional.avg_pool2d input:x kernel_size:size stride padding *
    count_include_pad:counts_padding
adjust_contrast | tf.image.adjust_contrast images:x contrast_factor:factor
torch_layer_norm | torch.nn.functional.layer_norm input:x normalized_shape:shape weight bias eps
torch_embedding | torch.nn.functional.embedding input:places weight
torch_dropout | torch.nn.functional.dropout input:x p training
"""
