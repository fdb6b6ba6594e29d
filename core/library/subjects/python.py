"""What is to be known of Python's own functions, and of NumPy's that only look at values."""

ROWS = """
each | cuts: constant
len       | python. x
range     | python. *limits | counts: limits
type      | python. x
int       | python. value | cuts: integer
bool      | python. x | cuts: integer
str       | python. value | cuts: text
format    | .format *values | cuts: text
islice    | python. iterable:x *limits | counts: limits | cuts:
whole_sum | python.sum iterable:x start axis | counts: axis | cuts: | shape: reduced
extreme   | python.max python.min *values key default axis | counts: axis | cuts: | shape: reduced

each | cuts: integer
looked_at
    | (np.argpartition) (np.bincount) (np.digitize) (np.histogram) (np.lexsort) (np.result_type) (np.unravel_index)
    (np.array2string) (np.array_repr) (np.array_str) (np.iscomplexobj) (np.isrealobj)
    (np.may_share_memory) (np.shares_memory)
"""
