"""The editors' side. The article's form and list here; in rooms of their own: writing (the body's editor), saving (nothing
typed is lost), previews (before it goes out), past (what it was).
"""
