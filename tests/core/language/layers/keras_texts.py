"""Programs with Keras' layers, losses, metrics and optimizers; what they print is compared with Keras itself.

Keras keeps rates and options in single precision, whatever its numbers are; those here are exact in both.
"""

HEAD = """import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
tf.keras.backend.set_floatx('float64')
tf.keras.backend.clear_session()
def fill(module, x):
    module(x)
    for v in module.trainable_variables:
        n = 1
        for d in v.shape:
            n = n * d
        v.assign(tf.reshape(tf.linspace(tf.constant(-0.5, tf.float64), tf.constant(0.7, tf.float64), n), v.shape))
    return module
def show(module, x, **more):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = module(x, **more)
        n = 1
        for d in y.shape:
            n = n * d
        weights = tf.reshape(tf.linspace(tf.constant(0.3, tf.float64), tf.constant(1.1, tf.float64), n), y.shape)
        total = tf.reduce_sum(y * weights)
    grads = tape.gradient(total, [x, *module.trainable_variables])
    print(y.numpy().tolist())
    for g in grads:
        print(g.numpy().tolist())
rows = tf.constant([[0.5, -1.0, 2.0], [1.5, 0.3, -0.7]], tf.float64)
targets = tf.constant([[1.0], [-0.5]], tf.float64)
image = tf.reshape(tf.sin(tf.range(120, dtype=tf.float64) * 0.37), (2, 6, 5, 2))
"""
LAYERS = {
    "dense": "m = fill(layers.Dense(2), rows)\nshow(m, rows)\nprint(m.name, [w.path for w in m.weights], m.units)",
    "dense with activation": "show(fill(layers.Dense(2, activation='tanh', use_bias=False), rows), rows)",
    "initialisers": (
        "m = layers.Dense(2, kernel_initializer='ones', bias_initializer=keras.initializers.Constant(0.5))\n"
        "print(m(rows).numpy().tolist())\nprint(layers.Dense(1, kernel_initializer='zeros')(rows).numpy().tolist())"
    ),
    "names": (
        "a, b = layers.Dense(1), layers.Dense(2)\nm = keras.Sequential([a, layers.BatchNormalization(), b])\nm(rows)\n"
        "print(a.name, b.name, m.name, m.layers[1].name)\nprint([w.name for w in m.weights])\n"
        "print(len(m.trainable_variables), len(m.non_trainable_variables), m.count_params(), b.built)\n"
        "print([w.shape for w in m.get_weights()])"
    ),
    "sequential": (
        "m = fill(keras.Sequential([layers.Dense(4, activation='relu'), layers.Dense(1)]), rows)\nshow(m, rows)\n"
        "m.add(layers.Activation('sigmoid'))\nprint(m(rows).numpy().tolist())"
    ),
    "sequential with an input": (
        "m = keras.Sequential([keras.Input(shape=(3,)), layers.Dense(2)])\nprint(len(m.weights), m.built)\n"
        "show(fill(m, rows), rows)"
    ),
    "functional": (
        "x = keras.Input(shape=(3,))\nh = layers.Dense(4, activation='tanh')(x)\ny = layers.Dense(1)(h)\n"
        "z = layers.Concatenate()([h, y])\nm = keras.Model(inputs=x, outputs=z)\nshow(fill(m, rows), rows)\n"
        "print([one.name for one in m.layers][1:], z.shape, len(m.weights))"
    ),
    "functional with two inputs": (
        "a, b = keras.Input(shape=(3,)), keras.Input(shape=(3,))\ny = layers.Dense(1)(layers.Add()([a, b]))\n"
        "m = keras.Model([a, b], y)\nm.layers[-1].kernel.assign([[0.1], [0.2], [0.3]])\n"
        "print(m([rows, rows * 2.0]).numpy().tolist())"
    ),
    "embedding": (
        "m = layers.Embedding(4, 2)\nm(tf.constant([[0]]))\nm.embeddings.assign([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6], "
        "[0.7, 0.8]])\nprint(m(tf.constant([[0, 2], [3, 2]])).numpy().tolist())"
    ),
    "layer normalisation": "show(fill(layers.LayerNormalization(), rows), rows)",
    "batch normalisation": (
        "m = fill(layers.BatchNormalization(momentum=0.9), rows)\nshow(m, rows, training=True)\n"
        "print(m.moving_mean.numpy().tolist(), m.moving_variance.numpy().tolist())\nshow(m, rows)"
    ),
    "training goes on to the layers inside": (
        "m = keras.Sequential([layers.Dense(2), layers.BatchNormalization(), layers.Dropout(0.0)])\nfill(m, rows)\n"
        "print(m(rows, training=True).numpy().tolist())\nprint(m(rows).numpy().tolist())\n"
        "print(m(rows, training=False).numpy().tolist())"
    ),
    "convolution": "show(fill(layers.Conv2D(3, 3, activation='tanh'), image), image)",
    "convolution of the same size": "show(fill(layers.Conv2D(2, (3, 2), strides=2, padding='same'), image), image)",
    "convolution of rows": "show(fill(layers.Conv1D(2, 2), image[0]), image[0])",
    "pooling": (
        "show(layers.MaxPooling2D(), image)\nshow(layers.MaxPooling2D((3, 2), strides=2, padding='same'), image)\n"
        "show(layers.AveragePooling2D(2, padding='same'), image)\nshow(layers.GlobalAveragePooling2D(), image)\n"
        "show(layers.MaxPooling1D(2), image[0])"
    ),
    "shapes and activations": (
        "for m in [layers.Flatten(), layers.Reshape((5, 12)), layers.ReLU(), layers.LeakyReLU(negative_slope=0.125), "
        "layers.Softmax(), layers.ELU(), layers.Rescaling(0.5, offset=1.0), "
        "layers.Activation('softplus'), layers.Activation('selu'), layers.Activation('swish')]:\n    show(m, image)"
    ),
    "compile and fit": (
        "m = fill(keras.Sequential([layers.Dense(2, activation='tanh'), layers.Dense(1)]), rows)\n"
        "m.compile(optimizer=keras.optimizers.SGD(0.125), loss='mse')\n"
        "history = m.fit(rows, targets, epochs=3, batch_size=2, verbose=0, shuffle=False)\n"
        "print([float(one) for one in history.history['loss']], m.predict(rows, verbose=0).tolist())\n"
        "print(float(m.evaluate(rows, targets, verbose=0)))"
    ),
    "gelu": "show(layers.Activation('gelu'), image)",
    "a model of one's own": """class Net(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.hidden = layers.Dense(units, activation="tanh")
        self.out = layers.Dense(1)
    def call(self, x, training=False):
        y = self.out(self.hidden(x))
        return y * 2.0 if training else y
net = fill(Net(2), rows)
show(net, rows)
print(net(rows, training=True).numpy().tolist(), net.name, [v.path for v in net.trainable_variables])
""",
    "a layer of one's own": """class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="ones", trainable=True, name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")
    def call(self, x):
        return tf.matmul(x, self.w) + self.b
m = Scale(2, name="mine")
show(fill(m, rows), rows)
print(m.name, [v.path for v in m.weights], m.trainable)
m.trainable = False
print(len(m.trainable_variables), len(m.non_trainable_variables))
""",
    "tf.Module": """class Line(tf.Module):
    def __init__(self, name=None):
        super().__init__(name=name)
        self.slope = tf.Variable(2.0, name="slope")
        self.offset = tf.Variable(1.0, name="offset")
        self.fixed = tf.Variable(7.0, trainable=False)
    def __call__(self, x):
        return self.slope * x + self.offset
class Two(tf.Module):
    def __init__(self):
        super().__init__()
        self.b = Line()
        self.a = Line(name="first")
    def __call__(self, x):
        return self.a(self.b(x))
m = Two()
with tf.GradientTape() as tape:
    y = m(tf.constant(3.0)) ** 2
print([float(g) for g in tape.gradient(y, m.trainable_variables)])
print(len(m.variables), m.name, m.a.name, len(m.submodules), [float(v) for v in m.variables])
""",
    "losses": """p = tf.Variable([[0.2, 0.7, 0.1], [0.5, 0.3, 0.2]], dtype=tf.float64)
y = tf.constant([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]], tf.float64)
for loss in [keras.losses.MeanSquaredError(), keras.losses.MeanAbsoluteError(), keras.losses.Huber(delta=0.4),
             keras.losses.BinaryCrossentropy(), keras.losses.BinaryCrossentropy(from_logits=True),
             keras.losses.CategoricalCrossentropy(), keras.losses.CategoricalCrossentropy(from_logits=True),
             keras.losses.CategoricalCrossentropy(label_smoothing=0.1), keras.losses.Hinge(),
             keras.losses.KLDivergence(), keras.losses.MeanSquaredError(reduction="sum")]:
    with tf.GradientTape() as tape:
        value = loss(y, p)
    print(float(value), tape.gradient(value, p).numpy().tolist())
for logits in [True, False]:
    with tf.GradientTape() as tape:
        value = keras.losses.SparseCategoricalCrossentropy(from_logits=logits)(tf.constant([1, 2]), p)
    print(float(value), tape.gradient(value, p).numpy().tolist())
print(keras.losses.MeanSquaredError(reduction=None)(y, p).numpy().tolist())
print(float(keras.losses.MeanSquaredError()(y, p, sample_weight=[1.0, 3.0])))
print(tf.keras.losses.mse(y, p).numpy().tolist(), keras.losses.binary_crossentropy(y, p).numpy().tolist())
""",
    "metrics": """m = keras.metrics.Mean(name="train_loss")
m(2.0)
m.update_state([4.0, 6.0])
print(float(m.result()), m.name)
m.reset_state()
m.update_state(1.0)
print(float(m.result()))
a = keras.metrics.SparseCategoricalAccuracy()
a.update_state([1, 2], [[0.1, 0.8, 0.1], [0.6, 0.3, 0.1]])
print(float(a.result()))
b = keras.metrics.BinaryAccuracy()
b.update_state([[1.0], [0.0], [1.0]], [[0.8], [0.6], [0.3]])
print(float(b.result()))
c = keras.metrics.CategoricalAccuracy()
print(float(c([[0.0, 1.0], [1.0, 0.0]], [[0.2, 0.8], [0.4, 0.6]])))
""",
}
DESCENT = """m = fill(keras.Sequential([layers.Dense(2, activation="tanh"), layers.Dense(1)]), rows)
optimizer = keras.optimizers.{optimizer}
for step in range(4):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((m(rows, training=True) - targets) ** 2)
    grads = tape.gradient(loss, m.trainable_variables)
    {apply}
    print(float(loss), int(optimizer.iterations))
print([v.numpy().tolist() for v in m.trainable_variables], float(optimizer.learning_rate))
"""
APPLIED = (
    "optimizer.apply_gradients(zip(grads, m.trainable_variables))", "optimizer.apply(grads, m.trainable_variables)",
)  # fmt: skip
OPTIMIZERS = (
    "SGD(0.125)", "SGD(learning_rate=0.125, momentum=0.875)", "SGD(0.125, momentum=0.875, nesterov=True)",
    "SGD(0.125, clipnorm=0.5)", "SGD(0.125, global_clipnorm=0.5)", "SGD(0.125, clipvalue=0.25)",
    "Adam(0.0625, beta_1=0.875, beta_2=0.9375)",
    "Adam(learning_rate=0.0625, beta_1=0.75, beta_2=0.875, epsilon=0.0078125)",
    "Adam(0.0625, 0.875, 0.9375, amsgrad=True)",
    "AdamW(0.0625, beta_1=0.875, beta_2=0.9375, weight_decay=0.125)", "RMSprop(0.0625, rho=0.875)",
    "RMSprop(0.0625, rho=0.75, momentum=0.5)",
    "RMSprop(0.0625, rho=0.875, centered=True)", "Adagrad(0.125, initial_accumulator_value=0.25)",
    "SGD(keras.optimizers.schedules.ExponentialDecay(0.125, decay_steps=2, decay_rate=0.5))",
    "SGD(keras.optimizers.schedules.PiecewiseConstantDecay([1, 2], [0.125, 0.0625, 0.03125]))",
    "SGD(keras.optimizers.schedules.CosineDecay(0.125, decay_steps=4))",
)  # fmt: skip
LOOSE = {  # TensorFlow rounds a constant, and Keras a loss, to single precision on the way
    "gelu", "compile and fit", "SGD(keras.optimizers.schedules.ExponentialDecay(0.125, decay_steps=2, decay_rate=0.5))",
    "SGD(keras.optimizers.schedules.CosineDecay(0.125, decay_steps=4))",
}  # fmt: skip
TEXTS = {name: HEAD + text + "\n" for name, text in LAYERS.items()}
TEXTS |= {
    one: HEAD + DESCENT.format(optimizer=one, apply=APPLIED[number % 2]) for number, one in enumerate(OPTIMIZERS)
}
