// Zones and languages are many, and a server writes for everybody.
const keptMax = 200;

/** Formatters by what they were made with: making one takes longer than drawing the line it writes. */
function remember<Options extends object, Format>(
  make: (locale: string | undefined, options: Options | undefined) => Format,
) {
  const kept = new Map<string, Format>();
  return (locale: string | undefined, options?: Options): Format => {
    const key = `${locale} ${JSON.stringify(options)}`;
    let format = kept.get(key);
    if (format === undefined) {
      if (kept.size >= keptMax) kept.clear();
      format = make(locale, options);
      kept.set(key, format);
    }
    return format;
  };
}

export const dateTimeFormat = remember(
  (locale, options: Intl.DateTimeFormatOptions | undefined) => new Intl.DateTimeFormat(locale, options),
);
export const numberFormat = remember(
  (locale, options: Intl.NumberFormatOptions | undefined) => new Intl.NumberFormat(locale, options),
);
export const relativeTimeFormat = remember(
  (locale, options: Intl.RelativeTimeFormatOptions | undefined) =>
    new Intl.RelativeTimeFormat(locale, options),
);
