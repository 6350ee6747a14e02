/** KMS keys with their aliases, IAM users and their policies. */
import {
  type Answer,
  type ApiCall,
  type Ask,
  type Declared,
  given,
  listIn,
  parsed,
  type Readable,
} from '../declared.ts';

export function readKeys({ ask }: Readable): readonly Declared[] {
  const aliases = listIn<Readonly<Record<string, string>>>(ask('kms', 'ListAliases'), 'Aliases');
  return listIn<Answer>(ask('kms', 'ListKeys'), 'Keys').flatMap(({ KeyId }, index) => {
    const key = ask('kms', 'DescribeKey', { KeyId })?.KeyMetadata as Answer;
    if (key.KeyManager !== 'CUSTOMER' || key.KeyState === 'PendingDeletion') return [];
    const document = parsed(ask('kms', 'GetKeyPolicy', { KeyId, PolicyName: 'default' })?.Policy);
    // Keys are made with this one: their account may do everything.
    const Policy =
      (document as Answer | undefined)?.Id === 'key-default-1' ? undefined : JSON.stringify(document);
    const Description = key.Description === '' ? undefined : key.Description;
    const made: ApiCall = {
      service: 'kms',
      operation: 'CreateKey',
      input: given({ Description, Policy }),
      gives: { query: 'KeyMetadata.KeyId', literal: String(KeyId), variable: `KEY_${index + 1}` },
    };
    const own = aliases.filter((alias) => alias.TargetKeyId === KeyId);
    return [
      {
        type: 'AWS::KMS::Key',
        name: `key-${index + 1}`,
        make: [
          made,
          ...(key.KeyState === 'Disabled'
            ? [{ service: 'kms', operation: 'DisableKey', input: { KeyId } }]
            : []),
        ],
        properties: given({
          Description,
          Enabled: key.KeyState === 'Disabled' ? false : undefined,
          KeyPolicy: parsed(Policy),
        }),
        names: [
          { literal: String(key.Arn), attribute: 'Arn' },
          { literal: String(KeyId), attribute: 'Ref' },
        ],
      },
      ...own.map(
        ({ AliasName = '' }): Declared => ({
          type: 'AWS::KMS::Alias',
          name: AliasName.replace('alias/', ''),
          make: [{ service: 'kms', operation: 'CreateAlias', input: { AliasName, TargetKeyId: KeyId } }],
          properties: { AliasName, TargetKeyId: KeyId },
          names: [],
        }),
      ),
    ];
  });
}

export function readUsers({ ask }: Readable): readonly Declared[] {
  const policies = listIn<Answer>(ask('iam', 'ListPolicies', { Scope: 'Local' }), 'Policies').map((policy) =>
    readPolicy(ask, policy),
  );
  const users = listIn<Answer>(ask('iam', 'ListUsers'), 'Users').map(({ UserName }) =>
    readUser(ask, String(UserName)),
  );
  return [...policies, ...users];
}

function readPolicy(ask: Ask, { Arn, PolicyName, DefaultVersionId, Description }: Answer): Declared {
  const version = ask('iam', 'GetPolicyVersion', { PolicyArn: Arn, VersionId: DefaultVersionId });
  const document = documentOf((version?.PolicyVersion as Answer | undefined)?.Document);
  return {
    type: 'AWS::IAM::ManagedPolicy',
    name: String(PolicyName),
    make: [
      {
        service: 'iam',
        operation: 'CreatePolicy',
        input: given({ PolicyName, PolicyDocument: JSON.stringify(document), Description }),
      },
    ],
    properties: given({ ManagedPolicyName: PolicyName, PolicyDocument: document, Description }),
    names: [{ literal: String(Arn), attribute: 'Ref' }],
  };
}

function readUser(ask: Ask, UserName: string): Declared {
  const inline = listIn<string>(ask('iam', 'ListUserPolicies', { UserName }), 'PolicyNames').map(
    (PolicyName) => ({
      PolicyName,
      PolicyDocument: documentOf(ask('iam', 'GetUserPolicy', { UserName, PolicyName })?.PolicyDocument),
    }),
  );
  const attached = listIn<Answer>(
    ask('iam', 'ListAttachedUserPolicies', { UserName }),
    'AttachedPolicies',
  ).map(({ PolicyArn }) => String(PolicyArn));
  return {
    type: 'AWS::IAM::User',
    name: UserName,
    make: [
      { service: 'iam', operation: 'CreateUser', input: { UserName } },
      ...inline.map(({ PolicyName, PolicyDocument }) => ({
        service: 'iam',
        operation: 'PutUserPolicy',
        input: { UserName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) },
      })),
      ...attached.map((PolicyArn) => ({
        service: 'iam',
        operation: 'AttachUserPolicy',
        input: { UserName, PolicyArn },
      })),
    ],
    properties: given({
      UserName,
      Policies: inline.length === 0 ? undefined : inline,
      ManagedPolicyArns: attached.length === 0 ? undefined : attached,
    }),
    names: [],
  };
}

/** IAM answers with documents that are URL-encoded; a client may have read them already. */
const documentOf = (document: unknown): object =>
  typeof document === 'string'
    ? (JSON.parse(document.startsWith('%') ? decodeURIComponent(document) : document) as object)
    : (document as object);
