// The field "recommended videos": lines of an address, a space, and a title; read and written here.

export const MOST_VIDEOS = 30 // newsroom/links.py refuses more

/** The textarea in the editor's form; null where the person may only look. */
export function videosField(editor) {
  return editor.options.element.closest("form")?.querySelector("textarea[name=recommended_videos]") || null
}

export function parseVideos(text) {
  return text
    .split("\n")
    .map((line) => line.trim().replace(/\s+/g, " "))
    .filter(Boolean)
    .map((line) => {
      const end = line.indexOf(" ")
      return end < 0 ? { url: line, title: usualTitle(line) } : { url: line.slice(0, end), title: line.slice(end + 1) }
    })
}

export const usualTitle = (url) => url.replace(/^\w+:\/\//, "").replace(/\/$/, "")

export function writeVideos(field, videos) {
  field.value = videos.map(({ url, title }) => `${url} ${title}`).join("\n")
  field.dispatchEvent(new Event("input", { bubbles: true }))
  field.dispatchEvent(new Event("change", { bubbles: true }))
}

/** As https address, or null. */
export function videoAddress(text) {
  const whole = /^https?:\/\//i.test(text) ? text : /^[\w-]+(\.[\w-]+)+\//.test(text) ? `https://${text}` : ""
  if (!whole || /\s/.test(whole)) return null
  try {
    return new URL(whole).hostname.includes(".") ? whole : null
  } catch {
    return null
  }
}
