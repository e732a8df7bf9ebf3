"""What a reader can do about an original that did not come; said in more than one place.

In:  nothing.
Out: Dutch sentences.

Knows nothing of what went wrong.
"""

from __future__ import annotations

BY_HAND = "Haal het document zelf op en zet het in de map."
LATER = "Probeer het later opnieuw."
CHECK_ADDRESS = "Kijk of het adres klopt."
