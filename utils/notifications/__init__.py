"""What people are told: kinds, rules, who and when, letters, the outbox and its way out by SMTP."""
