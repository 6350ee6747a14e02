/** AWS KMS: keys, as far as encrypted queues and topics need them. Wiring only. */
import { defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { access, keyFor } from './access.ts';
import { createState } from './model.ts';
import * as aliases from './operations/aliases.ts';
import * as cryptography from './operations/cryptography.ts';
import * as keyPolicies from './operations/keyPolicies.ts';
import * as keys from './operations/keys.ts';
import { due } from './timers.ts';
import { metered, usage } from './usage.ts';
import { view } from './view.ts';
import { why } from './why.ts';

const NOT_MODELLED = `
ConnectCustomKeyStore CreateCustomKeyStore CreateGrant Decapsulate DeleteCustomKeyStore DeleteImportedKeyMaterial
DeriveSharedSecret DescribeCustomKeyStores DisconnectCustomKeyStore Encapsulate
GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext GenerateMac GenerateRandom GetKeyLastUsage
GetParametersForImport GetPublicKey ImportKeyMaterial ListGrants ListKeyRotations
ListResourceTags ListRetirableGrants ReEncrypt ReplicateKey RetireGrant RevokeGrant RotateKeyOnDemand Sign
TagResource UntagResource UpdateCustomKeyStore UpdateKeyDescription UpdatePrimaryRegion Verify VerifyMac`
  .trim()
  .split(/\s+/u);

export const kms = defineService({
  name: 'kms',
  title: 'KMS',
  kind: 'aws',
  summary: 'Keys that encrypt messages, and policies that say who may use them.',
  operations: [keys, aliases, keyPolicies, cryptography].flatMap((group) => Object.values(group)),
  notModelled: NOT_MODELLED,
  instead: { CreateGrant: 'write it into the key policy: put-key-policy' },
  create: createState,
  due,
  latency: (random) => milliseconds(random.integer(3, 12)),
  metered,
  usage,
  access,
  keyFor,
  view,
  why,
});
