/** Quotas of S3, and those of this program. Amazon S3 User Guide, Bucket naming rules; Amazon S3 API Reference. */
export const BUCKET_NAME = /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/u;
export const KEY_BYTES_MAX = 1_024;
/** Ours: the bytes of an object, and of all objects of a world. */
export const OBJECT_BYTES_MAX = 134_217_728;
export const WORLD_BYTES_MAX = 536_870_912;
export const POLICY_BYTES_MAX = 20_480;
export const LIST_MAX = 1_000;
export const DELETE_MAX = 1_000;
export const METADATA_BYTES_MAX = 2_048;
/** Amazon S3 User Guide, Amazon S3 multipart upload limits. */
export const PARTS_MAX = 10_000;
export const PART_BYTES_MIN = 5_242_880;
export const OBJECT_TAGS_MAX = 10;
export const BUCKET_TAGS_MAX = 50;
export const TAG_KEY_MAX = 128;
export const TAG_VALUE_MAX = 256;
export const BUCKETS_LISTED_MAX = 10_000;
