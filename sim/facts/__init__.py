"""The ledger of reported figures, its checks, and what rounding words mean."""
