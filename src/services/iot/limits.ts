/** Quotas of AWS IoT rules. AWS General Reference, AWS IoT Core endpoints and quotas, rules engine limits. */
export const RULE_NAME = /^[a-zA-Z0-9_]{1,128}$/u;
export const ACTIONS_MAX = 10;
export const SQL_BYTES_MAX = 262_144;
export const SQL_DEPTH_MAX = 50;
export const RULES_MAX = 1_000;
/** From the broker to an action, in ms. UNSURE. */
export const DELAY = { min: 20, max: 120 } as const;
/** An action that is throttled is tried again so often, after so long (ms). UNSURE: both. */
export const AGAIN = { attempts: 3, firstMs: 500 } as const;
/** Ours: messages that are kept for those who ask why. */
export const SEEN_MAX = 30;
