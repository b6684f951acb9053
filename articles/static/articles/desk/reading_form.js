// The article's form as it stands now, in plain values, and the moment when something in it changed.

import { debounce } from "newsroom-editor/dom"

const one = (field) => (field?.value || "").trim().replace(/\s+/g, " ")

export function readForm(form) {
  const { elements } = form
  return {
    headline: one(elements.headline),
    standfirst: one(elements.standfirst),
    slug: one(elements.slug),
    section: { id: one(elements.section), name: chosenText(elements.section) },
    lead: { id: one(elements.lead_image), alt: one(elements.lead_image_alt) },
    seo: { title: one(elements.seo_title), description: one(elements.seo_description) },
    tags: [...(elements.tags?.selectedOptions || [])].map((option) => option.value),
    hasByline: [...form.querySelectorAll("select[name^=bylines-][name$=-author]")].some(counts),
    hasAffiliateLinks: Boolean(elements.has_affiliate_links?.checked),
    body: elements.body.value,
  }
}

const chosenText = (select) => (select?.value ? select.selectedOptions[0]?.textContent.trim() || "" : "")

function counts(author) {
  const row = author.closest(".byline")
  return Boolean(author.value) && !row.classList.contains("empty-form") && !row.querySelector("[name$=-DELETE]:checked")
}

/** Calls `act` a moment after the writer paused. Select2 tells of a choice only by jQuery. */
export function whenChanged(form, act, pause = 400) {
  const soon = debounce(act, pause)
  form.addEventListener("input", soon)
  form.addEventListener("change", soon)
  window.django?.jQuery(form).on("change", "select", soon)
  document.addEventListener("formset:removed", soon)
}
