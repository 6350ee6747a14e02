/** Encrypting, decrypting, data keys. */
import {
  Decrypt$,
  type DecryptRequest,
  Encrypt$,
  type EncryptRequest,
  GenerateDataKey$,
  type GenerateDataKeyRequest,
  GenerateDataKeyWithoutPlaintext$,
  type GenerateDataKeyWithoutPlaintextRequest,
} from '@aws-sdk/client-kms';
import type { Context } from '../../../engine/service.ts';
import {
  ALGORITHM,
  CONTEXT,
  DRY_RUN,
  GRANT_TOKENS,
  KEY_ID,
  kmsOperation,
  RECIPIENT,
  SYMMETRIC,
} from '../define.ts';
import { incorrectKey, invalidCiphertext, validation } from '../errors.ts';
import { DATA_KEY_BYTES_MAX, PLAINTEXT_BYTES_MAX } from '../limits.ts';
import type { Key, KmsState } from '../model.ts';
import { keyIdOf, open, seal } from '../rules/ciphertext.ts';
import { keyNamed, usableKey } from '../rules/lookup.ts';

export const encrypt = kmsOperation<EncryptRequest>(Encrypt$, {
  summary: 'Encrypts up to 4 KB with a key.',
  members: {
    KeyId: KEY_ID,
    Plaintext: { purpose: 'what to encrypt', min: 1, max: PLAINTEXT_BYTES_MAX, unit: 'bytes' },
    EncryptionContext: CONTEXT,
    GrantTokens: GRANT_TOKENS,
    EncryptionAlgorithm: ALGORITHM,
    DryRun: DRY_RUN,
  },
  handle(context, { KeyId, Plaintext, EncryptionContext = {} }) {
    const { state, caller } = context;
    const plain = Plaintext!;
    if (plain.length < 1 || plain.length > PLAINTEXT_BYTES_MAX) {
      const bound =
        plain.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${PLAINTEXT_BYTES_MAX}`;
      throw validation(
        `1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length ${bound}`,
      );
    }
    const key = usableKey(state, caller.account, KeyId!);
    const CiphertextBlob = seal(key.id, plain, EncryptionContext, context.random('nonce'));
    return { CiphertextBlob, KeyId: key.arn, EncryptionAlgorithm: SYMMETRIC };
  },
});

export const decrypt = kmsOperation<DecryptRequest>(Decrypt$, {
  summary: 'Decrypts what a key encrypted; which key, the ciphertext knows.',
  members: {
    CiphertextBlob: { purpose: 'the ciphertext' },
    EncryptionContext: { purpose: 'the same names and values as at encryption' },
    GrantTokens: GRANT_TOKENS,
    KeyId: { ...KEY_ID, purpose: 'the key that must have encrypted it' },
    EncryptionAlgorithm: ALGORITHM,
    Recipient: RECIPIENT,
    DryRun: DRY_RUN,
    DryRunModifiers: DRY_RUN,
  },
  handle({ state, caller }, { CiphertextBlob, EncryptionContext = {}, KeyId }) {
    const id = CiphertextBlob && keyIdOf(CiphertextBlob);
    if (CiphertextBlob === undefined || id === undefined || !state.keys.has(id)) {
      throw invalidCiphertext('No key of this world made these bytes.');
    }
    const key = usableKey(state, caller.account, state.keys.get(id)!.arn);
    if (KeyId !== undefined && keyNamed(state, caller.account, KeyId).id !== key.id) {
      throw incorrectKey(`${key.arn} encrypted it, not ${KeyId}.`);
    }
    const Plaintext = open(key.id, CiphertextBlob, EncryptionContext);
    return { KeyId: key.arn, Plaintext, EncryptionAlgorithm: SYMMETRIC };
  },
});

interface DataKeyAsked {
  readonly KeyId: string | undefined;
  readonly EncryptionContext?: Record<string, string> | undefined;
  readonly NumberOfBytes?: number | undefined;
  readonly KeySpec?: string | undefined;
}

const DATA_KEY_MEMBERS = {
  KeyId: KEY_ID,
  EncryptionContext: CONTEXT,
  KeySpec: { purpose: 'how long: 32 or 16 bytes', values: ['AES_256', 'AES_128'] },
  NumberOfBytes: { purpose: 'how long, instead of a spec', min: 1, max: DATA_KEY_BYTES_MAX, unit: 'bytes' },
  GrantTokens: GRANT_TOKENS,
  DryRun: DRY_RUN,
} as const;

export const generateDataKey = kmsOperation<GenerateDataKeyRequest>(GenerateDataKey$, {
  summary: 'Makes a data key, plain and encrypted: encrypt with the first, keep the second.',
  members: { ...DATA_KEY_MEMBERS, Recipient: RECIPIENT },
  handle(context, input) {
    const { key, plain, CiphertextBlob } = newDataKey(context, input);
    return { CiphertextBlob, Plaintext: plain, KeyId: key.arn };
  },
});

export const generateDataKeyWithoutPlaintext = kmsOperation<GenerateDataKeyWithoutPlaintextRequest>(
  GenerateDataKeyWithoutPlaintext$,
  {
    summary: 'Makes a data key and gives only the encrypted one, for later.',
    members: DATA_KEY_MEMBERS,
    handle(context, input) {
      const { key, CiphertextBlob } = newDataKey(context, input);
      return { CiphertextBlob, KeyId: key.arn };
    },
  },
);

function newDataKey(
  context: Context<KmsState>,
  { KeyId, EncryptionContext = {}, NumberOfBytes, KeySpec }: DataKeyAsked,
): { readonly key: Key; readonly plain: Uint8Array; readonly CiphertextBlob: Uint8Array } {
  const { state, caller } = context;
  if ((NumberOfBytes === undefined) === (KeySpec === undefined)) {
    throw validation('Please specify either number of bytes or key spec.');
  }
  const length = NumberOfBytes ?? (KeySpec === 'AES_256' ? 32 : KeySpec === 'AES_128' ? 16 : 0);
  if (!Number.isInteger(length) || length < 1 || length > DATA_KEY_BYTES_MAX) {
    const member = KeySpec === undefined ? 'numberOfBytes' : 'keySpec';
    throw validation(
      `1 validation error detected: Value '${KeySpec ?? length}' at '${member}' failed to satisfy constraint`,
    );
  }
  const key = usableKey(state, caller.account, KeyId!);
  const random = context.random('dataKey');
  const plain = new Uint8Array(length).map(() => random.below(256));
  return { key, plain, CiphertextBlob: seal(key.id, plain, EncryptionContext, context.random('nonce')) };
}
