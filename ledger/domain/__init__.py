"""The contract in code: standard library only, no clock, no IO."""
