"""What the cells of TensorFlow's two guides to automatic differentiation do (Apache 2.0), and what they print.

Left out is what needs Keras, SavedModel or plotting. Random numbers are ours: cells that draw them print shapes.
"""

CELLS: dict[str, tuple[str, str]] = {
    "a derivative": (
        """x = tf.Variable(3.0)

with tf.GradientTape() as tape:
  y = x**2
dy_dx = tape.gradient(y, x)
print(dy_dx.numpy())
""",
        "6.0\n",
    ),
    "a layer and a dictionary of sources": (
        """w = tf.Variable(tf.random.normal((3, 2)), name='w')
b = tf.Variable(tf.zeros(2, dtype=tf.float32), name='b')
x = [[1., 2., 3.]]

with tf.GradientTape(persistent=True) as tape:
  y = x @ w + b
  loss = tf.reduce_mean(y**2)
[dl_dw, dl_db] = tape.gradient(loss, [w, b])
print(w.shape)
print(dl_dw.shape)
my_vars = {
    'w': w,
    'b': b
}

grad = tape.gradient(loss, my_vars)
print(grad['b'].shape)
""",
        "(3, 2)\n(3, 2)\n(2,)\n",
    ),
    "what is watched by itself": (
        """x0 = tf.Variable(3.0, name='x0')
x1 = tf.Variable(3.0, name='x1', trainable=False)
x2 = tf.Variable(2.0, name='x2') + 1.0
x3 = tf.constant(3.0, name='x3')

with tf.GradientTape() as tape:
  y = (x0**2) + (x1**2) + (x2**2)

grad = tape.gradient(y, [x0, x1, x2, x3])

for g in grad:
  print(g)
print([var.name for var in tape.watched_variables()])
""",
        "6.0\nNone\nNone\nNone\n['x0:0']\n",
    ),
    "watching a constant": (
        """x = tf.constant(3.0)
with tf.GradientTape() as tape:
  tape.watch(x)
  y = x**2

dy_dx = tape.gradient(y, x)
print(dy_dx.numpy())
""",
        "6.0\n",
    ),
    "watching nothing by itself": (
        """x0 = tf.Variable(0.0)
x1 = tf.Variable(10.0)

with tf.GradientTape(watch_accessed_variables=False) as tape:
  tape.watch(x1)
  y0 = tf.math.sin(x0)
  y1 = tf.nn.softplus(x1)
  y = y0 + y1
  ys = tf.reduce_sum(y)
grad = tape.gradient(ys, {'x0': x0, 'x1': x1})
print('dy/dx0:', grad['x0'])
print('dy/dx1:', round(grad['x1'].numpy(), 6))
""",
        "dy/dx0: None\ndy/dx1: 0.999955\n",
    ),
    "an intermediate result": (
        """x = tf.constant(3.0)

with tf.GradientTape() as tape:
  tape.watch(x)
  y = x * x
  z = y * y

print(tape.gradient(z, y).numpy())
""",
        "18.0\n",
    ),
    "asking twice": (
        """x = tf.constant([1, 3.0])
with tf.GradientTape(persistent=True) as tape:
  tape.watch(x)
  y = x * x
  z = y * y

print(tape.gradient(z, x).numpy())
print(tape.gradient(y, x).numpy())
del tape
""",
        "[  4. 108.]\n[2. 6.]\n",
    ),
    "two targets, one after the other": (
        """x = tf.Variable(2.0)
with tf.GradientTape(persistent=True) as tape:
  y0 = x**2
  y1 = 1 / x

print(tape.gradient(y0, x).numpy())
print(tape.gradient(y1, x).numpy())
""",
        "4.0\n-0.25\n",
    ),
    "a dictionary of targets": (
        """x = tf.Variable(2.0)
with tf.GradientTape() as tape:
  y0 = x**2
  y1 = 1 / x

print(tape.gradient({'y0': y0, 'y1': y1}, x).numpy())
""",
        "3.75\n",
    ),
    "a target that is no number": (
        """x = tf.Variable(2.)

with tf.GradientTape() as tape:
  y = x * [3., 4.]

print(tape.gradient(y, x).numpy())
""",
        "7.0\n",
    ),
    "a branch": (
        """x = tf.constant(1.0)

v0 = tf.Variable(2.0)
v1 = tf.Variable(2.0)

with tf.GradientTape(persistent=True) as tape:
  tape.watch(x)
  if x > 0.0:
    result = v0
  else:
    result = v1**2

dv0, dv1 = tape.gradient(result, [v0, v1])

print(dv0)
print(dv1)
dx = tape.gradient(result, x)

print(dx)
""",
        "1.0\nNone\nNone\n",
    ),
    "nothing leads there": (
        """x = tf.Variable(2.)
y = tf.Variable(3.)

with tf.GradientTape() as tape:
  z = y * y
print(tape.gradient(z, x))
""",
        "None\n",
    ),
    "a variable replaced by a tensor": (
        """x = tf.Variable(2.0)

for epoch in range(2):
  with tf.GradientTape() as tape:
    y = x+1

  print(type(x).__name__, ':', tape.gradient(y, x))
  x = x + 1
""",
        "ResourceVariable : 1.0\nEagerTensor : None\n",
    ),
    "state stops gradients": (
        """x0 = tf.Variable(3.0)
x1 = tf.Variable(0.0)

with tf.GradientTape() as tape:
  x1.assign_add(x0)
  y = x1**2

print(tape.gradient(y, x0))   #dy/dx0 = 2*(x1 + x0)
""",
        "None\n",
    ),
    "zeros in place of None": (
        """x = tf.Variable([2., 2.])
y = tf.Variable(3.)

with tf.GradientTape() as tape:
  z = y**2
print(tape.gradient(z, x, unconnected_gradients=tf.UnconnectedGradients.ZERO))
""",
        "[0. 0.]\n",
    ),
    "a pause": (
        """x = tf.Variable(2.0)
y = tf.Variable(3.0)

with tf.GradientTape() as t:
  x_sq = x * x
  with t.stop_recording():
    y_sq = y * y
  z = x_sq + y_sq

grad = t.gradient(z, {'x': x, 'y': y})

print('dz/dx:', grad['x'])
print('dz/dy:', grad['y'])
""",
        "dz/dx: 4.0\ndz/dy: None\n",
    ),
    "a tape reset": (
        """x = tf.Variable(2.0)
y = tf.Variable(3.0)
reset = True

with tf.GradientTape() as t:
  y_sq = y * y
  if reset:
    t.reset()
  z = x * x + y_sq

grad = t.gradient(z, {'x': x, 'y': y})

print('dz/dx:', grad['x'])
print('dz/dy:', grad['y'])
""",
        "dz/dx: 4.0\ndz/dy: None\n",
    ),
    "a stopped gradient": (
        """x = tf.Variable(2.0)
y = tf.Variable(3.0)

with tf.GradientTape() as t:
  y_sq = y**2
  z = x**2 + tf.stop_gradient(y_sq)

grad = t.gradient(z, {'x': x, 'y': y})

print('dz/dx:', grad['x'])
print('dz/dy:', grad['y'])
""",
        "dz/dx: 4.0\ndz/dy: None\n",
    ),
    "a clipped gradient": (
        """# Establish an identity operation, but clip during the gradient pass.
@tf.custom_gradient
def clip_gradients(y):
  def backward(dy):
    return tf.clip_by_norm(dy, 0.5)
  return y, backward

v = tf.Variable(2.0)
with tf.GradientTape() as t:
  output = clip_gradients(v * v)
print(t.gradient(output, v))
""",
        "2.0\n",
    ),
    "two tapes": (
        """x0 = tf.constant(0.0)
x1 = tf.constant(0.0)

with tf.GradientTape() as tape0, tf.GradientTape() as tape1:
  tape0.watch(x0)
  tape1.watch(x1)

  y0 = tf.math.sin(x0)
  y1 = tf.nn.sigmoid(x1)

  y = y0 + y1

  ys = tf.reduce_sum(y)
print(tape0.gradient(ys, x0).numpy())
print(tape1.gradient(ys, x1).numpy())
""",
        "1.0\n0.25\n",
    ),
    "a second derivative": (
        """x = tf.Variable(1.0)

with tf.GradientTape() as t2:
  with tf.GradientTape() as t1:
    y = x * x * x

  dy_dx = t1.gradient(y, x)
d2y_dx2 = t2.gradient(dy_dx, x)

print('dy_dx:', dy_dx.numpy())
print('d2y_dx2:', d2y_dx2.numpy())
""",
        "dy_dx: 3.0\nd2y_dx2: 6.0\n",
    ),
    "a Jacobian of a vector by a number": (
        """x = tf.linspace(-10.0, 10.0, 200+1)
delta = tf.Variable(0.0)

with tf.GradientTape() as tape:
  y = tf.nn.sigmoid(x+delta)

dy_dx = tape.jacobian(y, delta)
print(y.shape)
print(dy_dx.shape)
""",
        "(201,)\n(201,)\n",
    ),
    "a Hessian and Newton's step": (
        """x = tf.random.normal([7, 5])
w = tf.Variable(tf.random.normal([5, 2]))
with tf.GradientTape() as t2:
  with tf.GradientTape() as t1:
    y = tf.nn.relu(x @ w)
    loss = tf.reduce_mean(y**2)
  g = t1.gradient(loss, w)
h = t2.jacobian(g, w)
print(f'layer.kernel.shape: {w.shape}')
print(f'h.shape: {h.shape}')
n_params = tf.reduce_prod(w.shape)

g_vec = tf.reshape(g, [n_params, 1])
h_mat = tf.reshape(h, [n_params, n_params])
print(h_mat.shape)
eps = 1e-3
eye_eps = tf.eye(h_mat.shape[0])*eps
update = tf.linalg.solve(h_mat + eye_eps, g_vec)
print(update.shape)
""",
        "layer.kernel.shape: (5, 2)\nh.shape: (5, 2, 5, 2)\n(10, 10)\n(10, 1)\n",
    ),
    "a batch Jacobian": (
        """x = tf.random.normal([7, 5])
w = tf.Variable(tf.random.normal([5, 6]))
with tf.GradientTape(persistent=True, watch_accessed_variables=False) as tape:
  tape.watch(x)
  y = tf.nn.elu(x @ w)
print(y.shape)
j = tape.jacobian(y, x)
print(j.shape)
j_sum = tf.reduce_sum(j, axis=2)
print(j_sum.shape)
j_select = tf.einsum('bxby->bxy', j)
print(j_select.shape)
jb = tape.batch_jacobian(y, x)
print(jb.shape)
error = tf.reduce_max(abs(jb - j_sum))
assert error < 1e-3
print(error.numpy() < 1e-3)
""",
        "(7, 6)\n(7, 6, 7, 5)\n(7, 6, 5)\n(7, 6, 5)\n(7, 6, 5)\nTrue\n",
    ),
    "a regularised gradient": (
        """x = tf.random.normal([7, 5])
w = tf.Variable(tf.random.normal([5, 1]))
with tf.GradientTape() as t2:
  with tf.GradientTape(watch_accessed_variables=False) as t1:
    t1.watch(x)
    y = tf.nn.relu(x @ w)
    out = tf.reduce_sum(y**2)
  g1 = t1.gradient(out, x)
  g1_mag = tf.norm(g1)

dg1_mag = t2.gradient(g1_mag, w)
print([var.shape for var in [dg1_mag]])
""",
        "[(5, 1)]\n",
    ),
}
