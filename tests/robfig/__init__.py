"""CloudNativePG's parser of schedules, asked for its verdicts."""
