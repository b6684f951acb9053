// Asking the desk's endpoints: JSON out, JSON or a form in, with the CSRF token of the page's form.

export class RequestFailed extends Error {
  constructor(status, data) {
    super(status ? `HTTP ${status}` : "no connection")
    this.status = status
    this.data = data
  }

  /** What went wrong, as sentences for the person: the server's own where it gave some. */
  get sentences() {
    const errors = this.data?.errors
    if (errors) return Object.values(errors).flat()
    if (this.status === 403) return ["Your login may not do this."]
    if (this.status === 413) return ["This is too large for the server."]
    return [this.status ? `The server answered with an error (${this.status}).` : "The server can't be reached."]
  }
}

export const csrfToken = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || ""

/** Answers the parsed JSON ({} when there is none). Throws RequestFailed; status 0 means that nothing answered. */
export async function api(url, { params, method = "GET", body, signal, keepalive } = {}) {
  const address = new URL(url, location.href)
  for (const [name, value] of Object.entries(params || {})) address.searchParams.set(name, value)
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() }
  let response
  try {
    response = await fetch(address, { method, body, signal, keepalive, credentials: "same-origin", headers })
  } catch (error) {
    if (error.name === "AbortError") throw error
    throw new RequestFailed(0, {})
  }
  const data = await response.json().catch(() => ({}))
  // A login that ended answers with the login page, which is no JSON and no error.
  if (response.redirected && response.url.includes("/login/")) throw new RequestFailed(403, {})
  if (!response.ok) throw new RequestFailed(response.status, data)
  return data
}
