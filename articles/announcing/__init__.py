"""Announcing: telling others, at the moment of publication, what readers see from then on.

    running     takes what is due (models/announcements.py) and sees that every channel hears of it once
    channels    who is told: people at the desk, caches, the CDN, hubs. A new one is a class in CHANNELS
    topics      which feeds a publication changes, for the hubs
    posting     one POST to an address of the settings, with a deadline
    mails       what notifications of the desk are mailed, as each person chose
    pulse       whether all this is at work, for the desk's first page and the system check

No reader waits for it: an article appears and ends by its times alone. When it stands still, nothing is lost; the next
run tells it, in order. What can't be told is tried again with growing pauses and given up after ten tries; then it
stands at the desk, with the reason.

**Once.** A row is claimed by one process. What is told within our database, like a notification, is told in the
transaction that marks it as told: exactly once. What goes over the network may go twice, when a process is killed
after the other side took it and before that was written down; such messages bear an Idempotency-Key, and to purge or
to fetch a feed twice does no harm.
"""
