"""nodeapp diff for a fleet: what another Platform, or another release of the function, does to many apps."""
