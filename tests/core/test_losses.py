"""The losses of networks at ordinary and at delicate points; derivatives by their closed forms."""

import math

import numpy as np
import pytest

from core import functions as f
from core import grad


@pytest.mark.parametrize("logit", [-800.0, -3.0, 0.0, 2.0, 800.0])
@pytest.mark.parametrize("label", [0.0, 0.3, 1.0])
def test_the_slope_of_the_sigmoid_cross_entropy_is_the_sigmoid_less_the_label(logit, label):
    """Also at 0, where formulas made of relu and abs have a kink: TensorFlow and PyTorch give 0.5 - label there."""
    sigmoid = 1 / (1 + math.exp(-logit)) if logit > -700 else 0.0
    assert grad(lambda z: f.sigmoid_cross_entropy(label, z))(logit) == pytest.approx(sigmoid - label, abs=1e-12)


def test_the_slope_of_the_softmax_cross_entropy_is_the_softmax_less_the_labels():
    logits, labels = np.array([[0.5, -1.0, 2.0], [3.0, 0.0, 1.0]]), np.array([[0.0, 0.0, 1.0], [0.2, 0.3, 0.5]])
    shares = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    found = grad(lambda z: f.sum(f.softmax_cross_entropy(labels, z)))(logits)
    np.testing.assert_allclose(found, shares - labels, rtol=1e-12)
    turned = grad(lambda z: f.sum(f.softmax_cross_entropy(labels.T, z, 0)))(logits.T)
    np.testing.assert_allclose(turned.T, shares - labels, rtol=1e-12)


def test_class_numbers_mean_what_shares_of_one_mean():
    logits, classes = np.array([[[0.5, -1.0], [0.0, 3.0]]]), np.array([[1, 0]])
    one_hot = (classes[..., None] == np.arange(2)).astype(float)
    np.testing.assert_allclose(f.sparse_cross_entropy(classes, logits), f.softmax_cross_entropy(one_hot, logits))
