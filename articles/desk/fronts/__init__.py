"""The desk of fronts: laying out the home page and the sections, beside what readers see."""
