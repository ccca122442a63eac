"""Words and figures as people write them in their languages: dates, amounts, delivery times, places."""
