/** Every operation of these services is there, or refused by name. */
import * as iamClient from '@aws-sdk/client-iam';
import * as kmsClient from '@aws-sdk/client-kms';
import * as stsClient from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { iam } from '../../../src/services/iam/index.ts';
import { kms } from '../../../src/services/kms/index.ts';
import { sts } from '../../../src/services/sts/index.ts';
import { accounts } from '../../support/accounts.ts';

/** Static schemas of operations begin with this number. */
const OPERATION = 9;

const operationsOf = (client: object): string[] =>
  Object.entries(client)
    .filter(([name, schema]) => name.endsWith('$') && Array.isArray(schema) && schema[0] === OPERATION)
    .map(([name]) => name.slice(0, -1))
    .sort();

describe.each([
  ['iam', iam, iamClient],
  ['sts', sts, stsClient],
  ['kms', kms, kmsClient],
] as const)('%s', (name, { description }, client) => {
  const { operations, notModelled = [], instead = {} } = description;

  it('knows every operation of AWS’s', () => {
    expect([...operations.keys(), ...notModelled].sort()).toEqual(operationsOf(client));
  });

  it('refuses by name what it does not do', () => {
    const w = accounts();
    for (const operation of [notModelled[0]!, ...Object.keys(instead)]) {
      expect(notModelled).toContain(operation);
      expect(w.refusal(operation, {}, name)).toMatchObject({
        code: 'InvalidAction',
        message: `not modelled: ${name} ${operation}`,
        ...(instead[operation] && { why: instead[operation] }),
      });
    }
  });

  it('says what every member is for', () => {
    for (const operation of operations.values()) {
      expect(Object.keys(operation.members).sort()).toEqual(
        operation.input.members.map((member) => member.name).sort(),
      );
      for (const { purpose } of Object.values(operation.members)) expect(purpose).toMatch(/\S/);
    }
  });

  it('refuses members that it does not take', () => {
    const w = accounts();
    for (const operation of operations.values()) {
      for (const [member, rule] of Object.entries(operation.members)) {
        if (rule.notModelled === undefined) continue;
        const required = operation.input.members.filter((one) => one.required).map((one) => [one.name, 'x']);
        const { message, why } = w.refusal(
          operation.name,
          { ...Object.fromEntries(required), [member]: 'x' },
          name,
        );
        expect(`${message}: ${why}`).toBe(`not modelled: ${member}: ${rule.notModelled}`);
      }
    }
  });
});
