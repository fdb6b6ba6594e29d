"""Losses and layers of networks."""

ROWS = """
each | dtype: float
sigmoid_cross_entropy | tf.nn.sigmoid_cross_entropy_with_logits labels logits name!
softmax_cross_entropy | tf.nn.softmax_cross_entropy_with_logits labels logits axis name! | counts: axis
sparse_cross_entropy | tf.nn.sparse_softmax_cross_entropy_with_logits labels logits name!
l2_loss   | tf.nn.l2_loss t:x name!
mse_loss  | torch.nn.functional.mse_loss input:x target:y | shape: mean
l1_loss   | torch.nn.functional.l1_loss input:x target:y | shape: mean
torch_cross_entropy | torch.nn.functional.cross_entropy input:logits target:labels
nll_loss  | torch.nn.functional.nll_loss input:x target:labels
binary_cross_entropy | torch.nn.functional.binary_cross_entropy input:x target:y | shape: mean
mean_sigmoid_cross_entropy | torch.nn.functional.binary_cross_entropy_with_logits input:logits target:labels
    | shape: mean
linear    | torch.nn.functional.linear input:x weight bias
"""
