"""Who gets the places: waiting list, offers, places of those who do not come."""
