"""What a page has to be: the contract of technique and routine pages."""
