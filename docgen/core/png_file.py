# A PNG file in memory that is written without loading what Pillow reads and writes all other formats with.
"""PngFile."""

from __future__ import annotations

import io


class PngFile(io.BytesIO):
    """What Pillow saves a picture into: it goes by the name; told the format, it would load five formats first."""

    name = "picture.png"
