"""What every stage stands on: people, rights, the door, events, documents, mail, jobs, clock, money."""
