"""The normal distribution, and SciPy's special functions; JAX and HIPS autograd have them under the same names."""

ROWS = """
each | scipy. x loc scale | dtype: float | shape: broadcast
norm_pdf  | scipy.stats.norm.pdf
norm_cdf  | scipy.stats.norm.cdf
norm_logpdf | scipy.stats.norm.logpdf
norm_logcdf | scipy.stats.norm.logcdf
norm_sf   | scipy.stats.norm.sf

each | dtype: float
multivariate_normal_pdf | scipy.stats.multivariate_normal.pdf x mean cov
multivariate_normal_logpdf | scipy.stats.multivariate_normal.logpdf x mean cov

each | dtype: float | shape: same
erfc      | scipy.special.erfc x | math.erfc x
logit     | scipy.special.logit x
log_expit | scipy.special.log_expit x
softmax_of_all | scipy.special.softmax x axis | counts: axis
log_softmax_of_all | scipy.special.log_softmax x axis | counts: axis
"""
