/** Quotas of IAM. IAM User Guide, IAM and AWS STS quotas. */
export const USER_NAME_MAX = 64;
export const POLICY_NAME_MAX = 128;
export const USERS_MAX = 5_000;
export const MANAGED_POLICIES_PER_USER = 10;
/** Characters without white space: of all inline policies of a user together, of a managed policy. */
export const INLINE_POLICIES_SIZE = 2_048;
export const MANAGED_POLICY_SIZE = 6_144;
/** IAM API Reference, ListUsers: MaxItems. */
export const PAGE_MAX = 1_000;
export const PAGE_DEFAULT = 100;
