// Says that scripts run, before the first paint. The template of GOV.UK
// Frontend has this inline; a file of its own keeps the content policy strict.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
