"""What every page needs: guard, forms, locale, headers, errors."""
