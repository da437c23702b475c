// The HTML of the session: the build puts overrides/partials/knee/session.html in the place of these words (hooks/knee/assets/pipeline.py).

export const DIALOG = "knee-session-dialog";
