/** Quotas and ranges of KMS. KMS API Reference; KMS Developer Guide, Quotas. */
export const PENDING_DAYS = { min: 7, max: 30, default: 30 } as const;
export const PLAINTEXT_BYTES_MAX = 4_096;
export const DATA_KEY_BYTES_MAX = 1_024;
export const ALIAS_LENGTH_MAX = 256;
export const POLICY_LENGTH_MAX = 32_768;
export const LIST_KEYS = { max: 1_000, default: 100 } as const;
export const LIST_ALIASES = { max: 100, default: 50 } as const;
/** KMS API Reference, EnableKeyRotation: RotationPeriodInDays. */
export const ROTATION_DAYS = { min: 90, max: 2_560, default: 365 } as const;
