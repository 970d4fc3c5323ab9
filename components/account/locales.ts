/** Languages offered for dates and numbers, each under its own name. */
const offered = [
  "en-GB",
  "en-US",
  "de-DE",
  "de-AT",
  "de-CH",
  "fr-FR",
  "es-ES",
  "it-IT",
  "pt-BR",
  "pt-PT",
  "nl-NL",
  "pl-PL",
  "cs-CZ",
  "da-DK",
  "sv-SE",
  "nb-NO",
  "fi-FI",
  "tr-TR",
  "uk-UA",
  "el-GR",
  "he-IL",
  "ar-EG",
  "hi-IN",
  "ja-JP",
  "ko-KR",
  "zh-CN",
  "zh-TW",
];

export interface Choice {
  value: string;
  label: string;
}

/** `present` is kept even if it is not among those offered. */
export function localeChoices(present: string | null): Choice[] {
  const values = present === null || offered.includes(present) ? offered : [present, ...offered];
  return values.map((value) => ({
    value,
    label: new Intl.DisplayNames([value], { type: "language" }).of(value) ?? value,
  }));
}

export function timeZoneChoices(present: string | null): Choice[] {
  const all = Intl.supportedValuesOf("timeZone");
  const values = present === null || all.includes(present) ? all : [present, ...all];
  return values.map((value) => ({ value, label: value.replaceAll("_", " ") }));
}
