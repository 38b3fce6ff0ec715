"""How people hear of a fair: posters, flyers, links that are sent on, sponsors."""
