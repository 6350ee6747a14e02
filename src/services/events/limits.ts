/** Quotas of EventBridge. EventBridge User Guide, Amazon EventBridge quotas; API Reference, each operation. */
export const NAME = /^[.\-_A-Za-z0-9]{1,64}$/u;
export const PATTERN_MAX = 4_096;
export const RULES_MAX = 300;
export const TARGETS_MAX = 5;
/** Of one PutEvents: entries, and bytes in all. */
export const PUT = { entries: 10, bytes: 1_048_576, bytesOfGuide: 262_144 } as const;
export const INPUT_MAX = 8_192;
/** What is tried again when a target says nothing of it: for a day, so often. Event retry policy and using DLQs. */
export const RETRY = { attempts: 185, age: 86_400, ageMin: 60 } as const;
/** UNSURE: how long between the tries, in ms; with these, 185 tries take a day. */
export const BACKOFF = { first: 1_000, max: 480_000 } as const;
/** From the bus to the target, in ms. UNSURE: AWS says "about half a second". */
export const DELAY = { calm: [60, 400], typical: [60, 900], rough: [100, 5_000] } as const;
/** One in so many comes twice, when deliveries are rough: at least once. */
export const TWICE = 50;
/** Ours: events that are kept for those who ask why. */
export const SEEN_MAX = 30;
/** Ours: a pattern may have so many alternatives. */
export const BRANCHES_MAX = 1_000;
