"""What every room stands on: knows no feature and no request."""
