"""Pictures that strangers send: judged, and made anew before anybody sees them. Imports nothing of knee outside itself."""
