"""What every stage stands on: people, rights, the door for state changes, events, documents, mail, jobs, clock, money."""
