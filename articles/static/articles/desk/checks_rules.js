// What is found in the form as it stands: the rules of articles/models/checks.py, with its names and numbers. Pure: no
// page, no server. A finding is {id, words, block}; `block` counts the blocks of the text from 0.

const text = (element) => element.textContent.replace(/\s+/g, " ").trim()
const length = (words) => [...words].length // as Python counts

/** The text in blocks, as it would be stored. Without any block it is plain: one block, nothing to find in it. */
export function blocksOf(html) {
  return [...new DOMParser().parseFromString(html, "text/html").body.children]
}

export function picturesOf(blocks) {
  return blocks.flatMap((block, number) =>
    [block, ...block.querySelectorAll("figure")]
      .filter((one) => one.matches("figure[data-image]"))
      .map((figure) => ({ id: figure.dataset.image, alt: figure.dataset.alt, block: number })),
  )
}

/** `known`: what the library and the tags' uses said: {pictures: Map, tags: Map, titleWidth}. What is not known yet is
    not complained of. */
export function findings(state, config, known) {
  const blocks = blocksOf(state.body)
  return [
    ...words(state, config, known),
    ...lead(state, known),
    ...(state.body.trim() ? [] : [{ id: "text-missing" }]),
    ...picturesOf(blocks).flatMap((picture) => pictureInText(picture, known)),
    ...blocks.flatMap(inText(config)),
    ...(state.hasByline ? [] : [{ id: "byline-missing" }]),
    ...tags(state, config, known),
    ...disclosure(state, config),
    ...(config.fromTheServer || []),
  ].filter(({ id }) => id in config.rules) // those that are off are not there
}

function words({ headline, standfirst, section, slug }, { longest, takenSlug }, { isTitleCut }) {
  const found = []
  if (!headline) found.push({ id: "headline-missing" })
  else if (length(headline) > longest.headline) found.push({ id: "headline-long", words: String(length(headline)) })
  if (!section.id) found.push({ id: "section-missing" })
  if (takenSlug && slug === takenSlug) found.push({ id: "address-taken" })
  if (!standfirst) found.push({ id: "standfirst-missing" })
  else if (length(standfirst) > longest.standfirst) found.push({ id: "standfirst-long", words: String(length(standfirst)) })
  if (isTitleCut) found.push({ id: "search-title-cut" })
  return found
}

function lead({ lead: { id, alt } }, { pictures }) {
  if (!id) return [{ id: "lead-missing" }]
  const picture = pictures.get(id)
  if (!picture) return []
  const found = []
  if (picture.needs_alt && !alt) found.push({ id: "lead-alt-missing" })
  if (picture.credit === "") found.push({ id: "lead-credit-missing" })
  if (picture.rights) found.push({ id: "lead-rights", words: picture.rights })
  return found
}

function pictureInText({ id, alt, block }, { pictures }) {
  if (!pictures.has(id)) return []
  const picture = pictures.get(id)
  if (picture === null) return [{ id: "picture-gone", block }]
  const found = []
  if (alt === undefined && picture.needs_alt) found.push({ id: "picture-alt-missing", block })
  if (picture.credit === "") found.push({ id: "picture-credit-missing", block })
  if (picture.rights) found.push({ id: "picture-rights", words: picture.rights, block })
  return found
}

function inText({ longest, vague }) {
  let hasHeading = false
  return (element, block) => {
    const found = []
    if (element.matches("h3") && !hasHeading) found.push({ id: "heading-order", block })
    hasHeading ||= element.matches("h2, h3")
    for (const link of [element, ...element.querySelectorAll("a")].filter((one) => one.matches("a"))) {
      const name = text(link)
      if (!name) found.push({ id: "link-empty", block })
      else if (vague.includes(name.replace(/^[ .!…→]+|[ .!…→]+$/g, "").toLowerCase())) found.push({ id: "link-vague", words: name, block })
    }
    const count = text(element).split(" ").length
    if (element.matches("p") && count > longest.paragraph) found.push({ id: "paragraph-long", words: String(count), block })
    return found
  }
}

function tags({ tags: chosen }, { tags: { least, most } }, known) {
  const tags = chosen.filter((tag) => !known.tags.get(tag)?.is_retired) // these do nothing for it
  if (!tags.length) return [{ id: "tags-missing" }]
  const found = []
  if (tags.length < least) found.push({ id: "tags-few", words: `${tags.length} of ${least}` })
  else if (tags.length > most) found.push({ id: "tags-many", words: `${tags.length}, more than ${most}` })
  if (tags.every((tag) => known.tags.get(tag)?.is_common)) found.push({ id: "tags-common" })
  return found
}

function disclosure({ body, hasAffiliateLinks }, { affiliateHosts, hasDisclosure }) {
  if (hasAffiliateLinks) return hasDisclosure ? [] : [{ id: "disclosure-missing" }]
  const links = blocksOf(body).flatMap((block) => [block, ...block.querySelectorAll("a")]).filter((one) => one.matches("a"))
  return links.some((link) => isAffiliate(link, affiliateHosts)) ? [{ id: "affiliate-undisclosed" }] : []
}

function isAffiliate(link, hosts) {
  if ((link.getAttribute("rel") || "").split(/\s+/).includes("sponsored")) return true
  if (!URL.canParse(link.getAttribute("href") || "")) return false
  const url = new URL(link.getAttribute("href"))
  const leads = `.${url.hostname}`
  return hosts.some((host) => leads.endsWith(`.${host}`)) || (leads.includes(".amazon.") && url.searchParams.has("tag"))
}
