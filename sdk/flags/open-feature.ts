/**
 * OpenFeature's provider contract in its own words, so that a module's bundle holds nothing of OpenFeature unless the
 * module itself asks for it. A test holds these against the published packages.
 */
export interface Resolution<T> {
  value: T;
  variant?: string;
  reason?: string;
  // OpenFeature's packages take these for their enumeration of the same strings.
  // biome-ignore lint/suspicious/noExplicitAny: an enumeration of a package that is not there
  errorCode?: any;
  errorMessage?: string;
}

/** The answer to whoever asks for a type; the value in their code where there is none, or one of another type. */
export function resolveAs<T>(
  key: string,
  fallback: T,
  found: { value?: unknown; variant?: string; reason?: string } | undefined,
): Resolution<T> {
  if (found?.value === undefined) {
    const errorMessage = `This module declares no flag ${key}.`;
    return { value: fallback, reason: "ERROR", errorCode: "FLAG_NOT_FOUND", errorMessage };
  }
  const { value, variant, reason } = found;
  if (typeof value !== typeof fallback) {
    const errorMessage = `${key} is of the type ${typeof value}, not ${typeof fallback}.`;
    return { value: fallback, reason: "ERROR", errorCode: "TYPE_MISMATCH", errorMessage };
  }
  return {
    value: value as T,
    ...(variant === undefined ? {} : { variant }),
    ...(reason === undefined ? {} : { reason }),
  };
}
