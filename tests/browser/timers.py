"""The timers of a page, for tests that would only wait for them: one that waits can be let come due at once.

The clock itself stays as it is: what is kept in the browser and on the server is compared by its time.
"""

from playwright.sync_api import BrowserContext, Page

SCRIPT = """{
    const waiting = new Map()
    for (const kind of ["Timeout", "Interval"]) {
        const set = window[`set${kind}`], clear = window[`clear${kind}`]
        window[`set${kind}`] = (act, delay, ...values) => {
            const timer = set(() => { if (kind === "Timeout") waiting.delete(timer); act(...values) }, delay)
            waiting.set(timer, { delay, act: () => { if (kind === "Timeout") window.clearTimeout(timer); act(...values) } })
            return timer
        }
        window[`clear${kind}`] = (timer) => { waiting.delete(timer); clear(timer) }
    }
    window.comeDue = (delay) => {
        const due = [...waiting.values()].filter((one) => one.delay === delay)
        for (const one of due) one.act()
        return due.length
    }
}"""


def watch_timers(context: BrowserContext) -> None:
    """Call it before a page is opened in it."""
    context.add_init_script(SCRIPT)


def come_due(page: Page, delay: int) -> int:
    """Each timer that was set to so many milliseconds, and waits, acts now. How many did."""
    return int(page.evaluate("(delay) => comeDue(delay)", delay))
