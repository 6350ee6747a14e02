/** Why a key cannot be used: by a call to KMS, or by a service that encrypts with it. */
import {
  helps,
  helpsNot,
  moment,
  type Why,
  type WhyGround,
  type WhyQuestion,
  type WhyRemedy,
  worded,
} from '../../contract/why.ts';
import { instantWords } from '../../contract/whyWords.ts';
import type { Key, KmsState } from './model.ts';

type Ground = WhyGround<KmsState>;

const RULE: Why['rule'] = {
  name: 'kms/key-states',
  says: 'Only a key that is enabled encrypts and decrypts; every call that needs it is refused else.',
  page: 'AWS KMS Developer Guide: Key states of AWS KMS keys',
};

/** KMS's own codes, and those that a service makes of them. */
const FAULTS: Readonly<Record<string, readonly string[]>> = {
  disabled: ['DisabledException', 'KMS.DisabledException'],
  state: ['KMSInvalidStateException', 'KMS.InvalidStateException'],
  missing: ['NotFoundException', 'KMS.NotFoundException'],
};

export function why(ground: Ground, question: WhyQuestion): Why | undefined {
  if (question.type === 'resource') return whyKey(ground, question.id);
  if (question.type !== 'call' || question.outcome.ok) return undefined;
  const { service, operation } = question.request;
  const { code, message, decision } = question.outcome.refusal;
  const ofKms = service === 'kms' || code.startsWith('KMS.');
  const fault = Object.keys(FAULTS).find((name) => FAULTS[name]!.includes(code));
  if (!ofKms || fault === undefined || decision !== undefined) return undefined;
  const title = service === 'kms' ? `KMS refused ${operation}` : `${operation} could not use its key`;
  const key = [...ground.state.keys.values()].find(({ arn }) => message.includes(arn));
  if (key === undefined) {
    return {
      title,
      answer: 'There is no such key here.',
      at: ground.now,
      rule: RULE,
      values: [{ label: 'KMS says', is: worded(message) }],
      changes: { by: 'act', into: 'a key, or an alias, of this name' },
      remedies: [
        helps('see which keys there are', 'aws kms list-keys'),
        ...(service === 'kms' ? [] : [helps('set another KmsMasterKeyId on the queue')]),
      ],
    };
  }
  return { ...aboutKey(ground, key), title };
}

function aboutKey({ now }: Ground, key: Key): Omit<Why, 'title'> {
  const { state, deletion, id, arn } = key;
  const gone = deletion === undefined ? '' : ` It is gone for good at ${instantWords(deletion.at)}.`;
  return {
    answer:
      state === 'Enabled'
        ? 'The key is enabled: it can be used by whom its policy allows.'
        : state === 'Disabled'
          ? 'The key is disabled, so nothing is encrypted or decrypted with it.'
          : `The key waits for its deletion, so it cannot be used.${gone}`,
    at: now,
    rule: RULE,
    values: [
      { label: 'key', is: worded(arn) },
      { label: 'state', is: worded(state), against: { label: 'must be', is: worded('Enabled') } },
      ...(deletion === undefined ? [] : [{ label: 'deleted at', is: moment(deletion.at) }]),
    ],
    changes: { by: 'act', into: CHANGES[state] },
    remedies: remediesOf(state, id),
  };
}

const CHANGES: Readonly<Record<Key['state'], string>> = {
  Enabled: 'nothing has to change',
  Disabled: 'the key must be enabled',
  PendingDeletion: 'its deletion must be cancelled, and the key enabled; else it gets worse by itself',
};

function remediesOf(state: Key['state'], id: string): readonly WhyRemedy[] {
  const enable = helps('enable it', `aws kms enable-key --key-id ${id}`);
  switch (state) {
    case 'Enabled':
      return [
        helps(
          'its policy says who may use it',
          `aws kms get-key-policy --key-id ${id} --policy-name default`,
        ),
      ];
    case 'Disabled':
      return [enable, helpsNot('trying again: a disabled key stays disabled')];
    case 'PendingDeletion':
      return [
        helps('cancel the deletion', `aws kms cancel-key-deletion --key-id ${id}`),
        enable,
        helpsNot('waiting: then the key is gone, and with it what it encrypted'),
      ];
  }
}

function whyKey(ground: Ground, id: string): Why | undefined {
  if (!id.startsWith('key/')) return undefined;
  const { state } = ground;
  const name = id.slice('key/'.length);
  const full = name.includes('/') ? name : `${state.account}/${name}`;
  const slash = full.indexOf('/');
  const keyId =
    state.aliases.get(`${full.slice(0, slash)}/alias/${full.slice(slash + 1)}`)?.keyId ??
    full.slice(slash + 1);
  const key = state.keys.get(keyId);
  return key && { ...aboutKey(ground, key), title: `key ${name}` };
}
