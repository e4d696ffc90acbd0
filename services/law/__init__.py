"""The law kernel: procedures, clocks, calendars and parameters as dated, cited data. Pure."""
