// Asking the desk in the background. Tells a login that has ended from a right that is missing, and survives a new login.

import { _ } from "newsroom-editor/dom"

export class Unanswered extends Error {
  /** `status` 0: nothing answered. `loginEnded`: the answer would have been the login page. */
  constructor(status, { loginEnded = false, data = {} } = {}) {
    super(status ? `HTTP ${status}` : "no connection")
    Object.assign(this, { status, loginEnded, data })
  }

  get mayPass() {
    return this.status === 0 || this.status >= 500 || this.status === 429
  }

  get sentence() {
    const told = Object.values(this.data.errors || {}).flat()
    return told.join(" ") || (this.status === 403 ? _("Your login may not do this.") : `${_("The server refused it")} (${this.status}).`)
  }
}

/** The form's token is the login's. After a new login in another window the cookie knows the new one. */
export function freshToken() {
  const input = document.querySelector("[name=csrfmiddlewaretoken]")
  const name = document.getElementById("desk-recovery")?.dataset.csrfCookie || "csrftoken"
  const cookie = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))
  if (input && cookie) for (const one of document.querySelectorAll("[name=csrfmiddlewaretoken]")) one.value = cookie.slice(name.length + 1)
  return input?.value || ""
}

/** Answers the parsed JSON. Sends `data` as JSON, or `form`, a FormData. Throws Unanswered. */
export async function ask(url, { method = "GET", data, form, keepalive = false, signal } = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": freshToken() }
  form?.set("csrfmiddlewaretoken", headers["X-CSRFToken"])
  if (data !== undefined) headers["Content-Type"] = "application/json"
  let response
  try {
    response = await fetch(url, {
      method,
      headers,
      keepalive,
      signal,
      body: data === undefined ? form : JSON.stringify(data),
      credentials: "same-origin",
      redirect: "manual",
    })
  } catch (error) {
    if (error.name === "AbortError") throw error
    throw new Unanswered(0)
  }
  if (response.type === "opaqueredirect") throw new Unanswered(403, { loginEnded: true })
  const answer = await response.json().catch(() => ({}))
  if (!response.ok) throw new Unanswered(response.status, { data: answer })
  return answer
}
