"""The reverse sweep as a program of its own, and from it second derivatives, Hessians and Jacobians."""
