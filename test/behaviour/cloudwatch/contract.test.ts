import * as sdk from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../../src/catalog.ts';

const { description } = CATALOG.find((entry) => entry.description.name === 'cloudwatch')!;
const operations = [...description.operations.values()];
/** Operation schemas are tuples that begin with 9. */
const ofSdk = Object.values(sdk as Record<string, unknown>)
  .filter((value): value is readonly [number, string, string] => Array.isArray(value) && value[0] === 9)
  .map(([, , name]) => name);

describe('the contract of CloudWatch', () => {
  it('knows every operation, or refuses it by name', () => {
    const known = [...operations.map(({ name }) => name), ...description.notModelled!];
    expect(known.sort()).toEqual([...ofSdk].sort());
  });

  it.each(operations.map((operation) => [operation.name, operation] as const))(
    '%s says what it and each member is for',
    (_name, { summary, service, input, members }) => {
      expect(service).toBe('cloudwatch');
      expect(summary).toMatch(/^[A-Z].{10,90}\.$/);
      expect(Object.keys(members).sort()).toEqual(input.members.map(({ name }) => name).sort());
      for (const { purpose = '' } of Object.values(members)) {
        expect(purpose).toMatch(/^.{5,63}[^.!]$/);
      }
    },
  );

  it('reads a threshold as a fraction', () => {
    const { input } = description.operations.get('PutMetricAlarm')!;
    const typeOf = (name: string): string => input.members.find((one) => one.name === name)!.shape().type;
    expect([typeOf('Threshold'), typeOf('Period')]).toEqual(['double', 'integer']);
  });
});
