/** Names as the AWS CLI writes them: botocore's `xform_name`, with its special cases. */
const SPECIAL: Readonly<Record<string, string>> = {
  CreateCachediSCSIVolume: 'create-cached-iscsi-volume',
  DescribeCachediSCSIVolumes: 'describe-cached-iscsi-volumes',
  DescribeStorediSCSIVolumes: 'describe-stored-iscsi-volumes',
  CreateStorediSCSIVolume: 'create-stored-iscsi-volume',
  ListHITsForQualificationType: 'list-hits-for-qualification-type',
  ExecutePartiQLStatement: 'execute-partiql-statement',
  ExecutePartiQLTransaction: 'execute-partiql-transaction',
  ExecutePartiQLBatch: 'execute-partiql-batch',
};

/** `MaxNumberOfMessages` is `max-number-of-messages`; `ListWebACLs` is `list-web-acls`. */
export function kebab(name: string): string {
  if (name.includes('-')) return name;
  const special = SPECIAL[name];
  if (special !== undefined) return special;
  // A plural acronym at the end: ARNs, ACLs, CNAMEs is not one.
  const plural = /[A-Z]{2,}s$/.exec(name)?.[0];
  const start = plural === undefined ? name : `${name.slice(0, -plural.length)}-${plural.toLowerCase()}`;
  return start
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

/**
 * Flags that the AWS CLI renames (`customizations/argrename.py`), by member: `sns.subscribe.endpoint`. Of the operations
 * here only Subscribe has a member of that name.
 */
const RENAMED: Readonly<Record<string, string>> = { Endpoint: 'notification-endpoint' };

export const flagOf = (memberName: string): string => `--${RENAMED[memberName] ?? kebab(memberName)}`;
