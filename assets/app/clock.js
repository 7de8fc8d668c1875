/** The time as the product writes it, in London: "5:30pm", "midday". */
export function timeInWords(instant) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    hour: "numeric",
    minute: "2-digit",
    hour12: false,
    timeZone: "Europe/London",
  }).formatToParts(instant);
  const hour = Number(parts.find((part) => part.type === "hour").value) % 24;
  const minute = parts.find((part) => part.type === "minute").value;
  if (minute === "00" && hour === 0) return "midnight";
  if (minute === "00" && hour === 12) return "midday";
  const half = hour < 12 ? "am" : "pm";
  return minute === "00" ? `${hour % 12 || 12}${half}` : `${hour % 12 || 12}:${minute}${half}`;
}
