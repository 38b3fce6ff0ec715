"""What households are told: by mail, or by somebody who calls them."""
