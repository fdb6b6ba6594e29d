"""What namespaces hold besides functions: constants and types; and what to write instead of what they lack."""


CONSTANTS = {
    "np.pi": "pi", "np.e": "e", "np.inf": "inf", "np.nan": "nan", "np.newaxis": "newaxis",
    "math.pi": "pi", "math.e": "e", "math.inf": "inf", "math.nan": "nan", "math.tau": "tau",
    "torch.pi": "pi", "torch.inf": "inf", "torch.nan": "nan", "tf.newaxis": "newaxis",
    "tf.UnconnectedGradients.ZERO": "zero", "tf.UnconnectedGradients.NONE": "none",
}  # fmt: skip

INSTEAD: dict[str, str] = {
}

DTYPES = {
    "float16": ("np", "tf", "torch"), "half": ("torch", "tf"), "float64": ("tf", "torch"), "float32": ("tf", "torch"),
    "float": ("torch",), "double": ("torch", "tf"), "int32": ("np", "tf", "torch"), "int64": ("np", "tf", "torch"),
    "long": ("torch",), "int": ("torch",), "bool": ("tf", "torch"), "bool_": ("np",), "int8": ("np", "tf", "torch"),
    "uint8": ("np", "tf", "torch"),
}  # fmt: skip
