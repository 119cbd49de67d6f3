"""Words of the log that more than one place must spell alike."""

# A user saw sensitive data of one person.
LOOKED = "people.person.looked_at"
