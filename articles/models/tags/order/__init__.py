"""The order of tags: merge, rename, split, retire, undo. Each act is recorded (acts.py), and can be undone exactly.

    for act in begin_merge([movies, films], into=film, by=rosa):
        go_on(act)

What articles and pages need of it is in resolving.py.
"""
