"""The names that programs know, and the functions behind them."""
