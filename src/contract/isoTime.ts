/** Instants as AWS writes them. */

/** `2026-01-05T09:00:00.000Z` of UTC milliseconds. */
export const toUtcText = (utc: number): string => new Date(utc).toISOString();
