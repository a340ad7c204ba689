"""What the window looks like: colours, sizes, faces, icons, and Qt's own words in Vietnamese."""
