"""The Jacobian and the Hessian."""
