"""Functions that draw random numbers, and their seeds and generators."""

ROWS = """
each | draws: others | lists: yes
randn     | np.random.randn *shape | counts: shape | draws: numbers
rand      | np.random.rand *shape | counts: shape | draws: numbers
normal    | np.random.normal loc scale size | counts: size | draws: numbers
uniform   | np.random.uniform low high size | counts: size | draws: numbers
randint   | np.random.randint low high size | counts: low high size
permutation | np.random.permutation x | counts: x
random_sample | np.random.random np.random.random_sample size | counts: size | draws: numbers
standard_normal | np.random.standard_normal size | counts: size | draws: numbers
choice    | np.random.choice a size replace | counts: size
multivariate_normal | np.random.multivariate_normal mean cov size | counts: size | draws: numbers
exponential | np.random.exponential scale size | counts: size | draws: numbers
binomial  | np.random.binomial n p size | counts: n size
poisson   | np.random.poisson lam size | counts: size
shuffle   | np.random.shuffle x
tf_normal | tf.random.normal shape mean stddev dtype! seed! name! | counts: shape | draws: numbers
tf_uniform | tf.random.uniform shape minval maxval dtype! seed! name! | counts: shape | draws: numbers
torch_randn | torch.randn *shape size dtype requires_grad device! generator | counts: shape size | draws: numbers
torch_rand | torch.rand *shape size dtype requires_grad device! generator | counts: shape size | draws: numbers
torch_randn_like | torch.randn_like input:x * dtype requires_grad device! | draws: numbers
torch_rand_like | torch.rand_like input:x * dtype requires_grad device! | draws: numbers
torch_normal | torch.normal mean std size requires_grad generator dtype! device! | counts: size | draws: numbers
torch_randint | torch.randint *limits low high size dtype generator device! | counts: limits low high size
torch_randperm | torch.randperm n * generator dtype! device! | counts: n
jax_normal | jax.random.normal key shape dtype! | counts: shape | draws: numbers
jax_uniform | jax.random.uniform key shape dtype! minval maxval | counts: shape | draws: numbers
jax_randint | jax.random.randint key shape minval maxval dtype! | counts: shape minval maxval
jax_permutation | jax.random.permutation key x | counts: x
jax_choice | jax.random.choice key a shape replace | counts: shape
jax_bernoulli | jax.random.bernoulli key p shape | counts: shape
jax_fold_in | jax.random.fold_in key data | counts: data
python_random | random.random | draws: numbers
python_uniform | random.uniform a b | draws: numbers
python_gauss | random.gauss mu sigma
python_randint | random.randint a b | counts: a b
python_choice | random.choice seq
python_shuffle | random.shuffle x

seed      | np.random.seed tf.random.set_seed tf.keras.utils.set_random_seed torch.manual_seed seed:value
    | counts: value
random_state | np.random.RandomState seed:value | counts: value
default_rng | np.random.default_rng seed:value | counts: value
torch_generator | torch.Generator device!
jax_key   | jax.random.PRNGKey jax.random.key seed:value | counts: value
jax_split | jax.random.split key num | counts: num
python_seed | random.seed a:value | counts: value
"""
