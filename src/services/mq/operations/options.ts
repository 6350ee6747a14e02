/** What brokers there can be: engines with their versions, instance types with storage and deployment modes. */
import {
  DescribeBrokerEngineTypes$,
  type DescribeBrokerEngineTypesRequest,
  DescribeBrokerInstanceOptions$,
  type DescribeBrokerInstanceOptionsRequest,
} from '@aws-sdk/client-mq';
import { ENGINE_TYPES, MAX_RESULTS, mqOperation, NEXT_TOKEN } from '../define.ts';
import { INSTANCE_TYPES, LIST } from '../limits.ts';
import type { EngineType, StorageType } from '../model.ts';
import { page } from '../rules/paging.ts';
import { modesOf, readEngine, VERSIONS, versionsOn } from '../rules/versions.ts';

const enginesOf = (asked: string | undefined): readonly EngineType[] =>
  asked === undefined ? ENGINE_TYPES : [readEngine(asked)];

export const describeBrokerEngineTypes = mqOperation<DescribeBrokerEngineTypesRequest>(
  DescribeBrokerEngineTypes$,
  {
    summary: 'Lists the engines and their versions.',
    members: {
      EngineType: { purpose: 'of one engine only', values: ENGINE_TYPES },
      MaxResults: MAX_RESULTS,
      NextToken: NEXT_TOKEN,
    },
    handle(_context, input) {
      const { items, ...rest } = page(enginesOf(input.EngineType), (engine) => engine, input);
      return {
        BrokerEngineTypes: items.map((engine) => ({
          EngineType: engine,
          EngineVersions: VERSIONS[engine].map((Name) => ({ Name })),
        })),
        MaxResults: input.MaxResults ?? LIST.default,
        ...rest,
      };
    },
  },
);

const STORAGE: readonly StorageType[] = ['EBS', 'EFS'];

export const describeBrokerInstanceOptions = mqOperation<DescribeBrokerInstanceOptionsRequest>(
  DescribeBrokerInstanceOptions$,
  {
    summary: 'Lists the instance types: with which engine, storage and deployment mode each goes.',
    members: {
      EngineType: { purpose: 'of one engine only', values: ENGINE_TYPES },
      HostInstanceType: { purpose: 'of one instance type only', values: Object.keys(INSTANCE_TYPES) },
      StorageType: { purpose: 'with one kind of storage only', values: STORAGE },
      MaxResults: MAX_RESULTS,
      NextToken: NEXT_TOKEN,
    },
    handle({ state }, input) {
      const zones = ['a', 'b', 'c'].map((letter) => ({ Name: `${state.region}${letter}` }));
      const all = enginesOf(input.EngineType).flatMap((engine) =>
        Object.keys(INSTANCE_TYPES).flatMap((type) =>
          STORAGE.flatMap((storage) => {
            const modes = modesOf(engine, storage, type);
            if (modes.length === 0) return [];
            if (input.HostInstanceType !== undefined && input.HostInstanceType !== type) return [];
            if (input.StorageType !== undefined && input.StorageType !== storage) return [];
            return [
              {
                AvailabilityZones: zones,
                EngineType: engine,
                HostInstanceType: type,
                StorageType: storage,
                SupportedDeploymentModes: modes,
                SupportedEngineVersions: versionsOn(engine, type),
              },
            ];
          }),
        ),
      );
      const key = (one: (typeof all)[number]): string =>
        `${one.EngineType} ${one.HostInstanceType} ${one.StorageType}`;
      const { items, ...rest } = page(all, key, input);
      return { BrokerInstanceOptions: items, MaxResults: input.MaxResults ?? LIST.default, ...rest };
    },
  },
);
