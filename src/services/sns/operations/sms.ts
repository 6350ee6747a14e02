/** Text messages: what holds for all of an account's, and numbers that want none. */
import {
  CheckIfPhoneNumberIsOptedOut$,
  type CheckIfPhoneNumberIsOptedOutInput,
  GetSMSAttributes$,
  type GetSMSAttributesInput,
  ListPhoneNumbersOptedOut$,
  type ListPhoneNumbersOptedOutInput,
  OptInPhoneNumber$,
  type OptInPhoneNumberInput,
  SetSMSAttributes$,
  type SetSMSAttributesInput,
} from '@aws-sdk/client-sns';
import { NEXT_TOKEN, paged, snsOperation } from '../define.ts';
import { invalidParameter, invalidParameterBare } from '../errors.ts';
import { page } from '../rules/paging.ts';

const PHONE_NUMBER = { purpose: 'the phone, as +15550100' } as const;

const NAMES: readonly string[] = [
  'MonthlySpendLimit',
  'DeliveryStatusIAMRole',
  'DeliveryStatusSuccessSamplingRate',
  'DefaultSenderID',
  'DefaultSMSType',
  'UsageReportS3Bucket',
];

/** SIMPLER THAN AWS: the attributes are kept and checked; the spend limit holds nothing back. */
export const setSMSAttributes = snsOperation<SetSMSAttributesInput>(SetSMSAttributes$, {
  summary: 'Sets what holds for all text messages of your account.',
  members: { attributes: { purpose: 'names and values: DefaultSMSType, DefaultSenderID …' } },
  handle({ state, caller }, { attributes }) {
    const given = (attributes ?? {}) as Readonly<Record<string, string>>;
    for (const name of Object.keys(given)) {
      if (!NAMES.includes(name)) throw invalidParameterBare(`${name} is not a valid attribute`);
    }
    const { DefaultSMSType: type } = given;
    if (type !== undefined && type !== 'Promotional' && type !== 'Transactional') {
      throw invalidParameterBare('DefaultSMSType is invalid');
    }
    const known = state.smsAttributes.get(caller.account);
    state.smsAttributes.set(caller.account, Object.freeze({ ...known, ...given }));
    return {};
  },
});

export const getSMSAttributes = snsOperation<GetSMSAttributesInput>(GetSMSAttributes$, {
  summary: 'Tells what holds for all text messages of your account.',
  members: { attributes: { purpose: 'their names; left out: all' } },
  handle({ state, caller }, { attributes: names }) {
    const all = { MonthlySpendLimit: '1', ...state.smsAttributes.get(caller.account) };
    if (names === undefined) return { attributes: all };
    const wanted = Object.entries(all).filter(([name]) => names.includes(name));
    return { attributes: Object.fromEntries(wanted) };
  },
});

function checkNumber(number: string): void {
  if (/^\+?\d{5,15}$/u.test(number)) return;
  throw invalidParameter('PhoneNumber Reason: input incorrectly formatted', 'Expected is +15550100.');
}

export const checkIfPhoneNumberIsOptedOut = snsOperation<CheckIfPhoneNumberIsOptedOutInput>(
  CheckIfPhoneNumberIsOptedOut$,
  {
    summary: 'Tells whether a phone has answered STOP.',
    members: { phoneNumber: PHONE_NUMBER },
    handle({ state, caller }, { phoneNumber }) {
      checkNumber(phoneNumber!);
      return { isOptedOut: state.optedOut.has(`${caller.account}/${phoneNumber}`) };
    },
  },
);

/** SNS API Reference, OptInPhoneNumber: once in 30 days. */
const OPT_IN_WAIT_MS = 30 * 86_400_000;

export const optInPhoneNumber = snsOperation<OptInPhoneNumberInput>(OptInPhoneNumber$, {
  summary: 'Lets a phone that answered STOP get messages again; once in 30 days.',
  members: { phoneNumber: PHONE_NUMBER },
  handle({ state, caller, now }, { phoneNumber }) {
    checkNumber(phoneNumber!);
    const key = `${caller.account}/${phoneNumber}`;
    const before = state.optedIn.get(key);
    // UNSURE: the sentence.
    if (state.optedOut.has(key) && before !== undefined && now - before < OPT_IN_WAIT_MS) {
      throw invalidParameter('PhoneNumber Reason: number was opted in within the last 30 days');
    }
    if (state.optedOut.delete(key)) state.optedIn.set(key, now);
    return {};
  },
});

export const listPhoneNumbersOptedOut = snsOperation<ListPhoneNumbersOptedOutInput>(
  ListPhoneNumbersOptedOut$,
  {
    summary: 'Lists the phones that have answered STOP.',
    members: { nextToken: NEXT_TOKEN },
    pagination: paged('phoneNumbers', 'nextToken'),
    handle({ state, caller }, { nextToken }) {
      const prefix = `${caller.account}/`;
      const numbers = [...state.optedOut.keys()]
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length));
      const { items, next } = page(numbers, (number) => number, nextToken);
      return { phoneNumbers: items, ...(next !== undefined && { nextToken: next }) };
    },
  },
);
