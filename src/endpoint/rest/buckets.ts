/**
 * Which bucket a request to S3 is about: the first word of the path, or of the host (`bucket.s3.amazonaws.com`,
 * `bucket.localhost`). S3 User Guide, Virtual hosting of general purpose buckets.
 */
const OWN_HOSTS = /^(?:s3[.-].*|localhost|\d+\.\d+\.\d+\.\d+|\[.*\])$/u;

export interface Addressed {
  readonly bucket: string | undefined;
  /** What is left of the path, escaped; `/` is the bucket itself. */
  readonly path: string;
}

export function addressed(host: string, path: string): Addressed {
  const name = host.replace(/:\d+$/u, '');
  const inHost = bucketOfHost(name);
  if (inHost !== undefined) return { bucket: inHost, path };
  const [, first = '', rest = ''] = /^\/([^/]*)(\/.*)?$/su.exec(path) ?? [];
  return first === ''
    ? { bucket: undefined, path: '/' }
    : { bucket: decoded(first), path: rest === '' ? '/' : rest };
}

export function bucketOfHost(name: string): string | undefined {
  if (OWN_HOSTS.test(name)) return undefined;
  const match = /^(.+?)\.(?:s3[.-](?:.+\.)?amazonaws\.com|s3\..*|localhost)$/u.exec(name) ?? undefined;
  const bucket = match?.[1];
  // `s3.localhost` and `sqs.us-east-1.localhost` are the services themselves.
  return bucket === undefined || /^(?:s3|[a-z]+\.[a-z]{2}-[a-z]+-\d)$/u.test(bucket) ? undefined : bucket;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
