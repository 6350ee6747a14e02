/** Launch configurations: what an instance is made from. */
import {
  CreateLaunchConfiguration$,
  type CreateLaunchConfigurationType,
  DeleteLaunchConfiguration$,
  DescribeLaunchConfigurations$,
  type LaunchConfigurationNamesType,
  type LaunchConfigurationNameType,
} from '@aws-sdk/client-auto-scaling';
import { autoScalingOperation, RECORDS, refused, TOKEN } from '../define.ts';
import {
  launchConfigurationExists,
  launchConfigurationInUse,
  noSuchLaunchConfiguration,
  validation,
} from '../errors.ts';
import { keyOf, launchConfigurationArn } from '../model.ts';
import { page } from '../rules/lookup.ts';

const NAME = { purpose: 'the launch configuration, by name', min: 1, max: 255, unit: 'characters' } as const;

/** SIMPLER THAN AWS: an account made since 2024 has launch templates only; here are launch configurations only. */
export const createLaunchConfiguration = autoScalingOperation<CreateLaunchConfigurationType>(
  CreateLaunchConfiguration$,
  {
    summary: 'Says what the instances of a group are made from: an image and a type.',
    members: {
      LaunchConfigurationName: { ...NAME, purpose: 'its name' },
      ImageId: { purpose: 'the image, by an id: ami-12345678' },
      InstanceType: { purpose: 'the type: t3.micro; it changes nothing here' },
      ...refused(
        'instances here only run a fleet’s worker: give an image and a type',
        'KeyName',
        'SecurityGroups',
        'ClassicLinkVPCId',
        'ClassicLinkVPCSecurityGroups',
        'UserData',
        'InstanceId',
        'KernelId',
        'RamdiskId',
        'BlockDeviceMappings',
        'InstanceMonitoring',
        'SpotPrice',
        'IamInstanceProfile',
        'EbsOptimized',
        'AssociatePublicIpAddress',
        'PlacementTenancy',
        'MetadataOptions',
      ),
    },
    handle({ state, caller, now }, { LaunchConfigurationName: name, ImageId, InstanceType }) {
      if (state.launchConfigurations.has(keyOf(caller.account, name!)))
        throw launchConfigurationExists(name!);
      if (ImageId === undefined || InstanceType === undefined) {
        throw validation(
          'Valid requests must contain either the InstanceId parameter or both the ImageId and InstanceType parameters.',
        );
      }
      state.launchConfigurations.set(
        keyOf(caller.account, name!),
        Object.freeze({
          name: name!,
          account: caller.account,
          arn: launchConfigurationArn(state, caller.account, name!),
          imageId: ImageId,
          instanceType: InstanceType,
          created: now,
        }),
      );
      return {};
    },
  },
);

export const describeLaunchConfigurations = autoScalingOperation<LaunchConfigurationNamesType>(
  DescribeLaunchConfigurations$,
  {
    summary: 'Lists launch configurations.',
    members: {
      LaunchConfigurationNames: { purpose: 'only these' },
      NextToken: TOKEN,
      MaxRecords: RECORDS,
    },
    pagination: {
      inputToken: 'NextToken',
      outputToken: 'NextToken',
      result: 'LaunchConfigurations',
      limitKey: 'MaxRecords',
    },
    handle({ state, caller }, input) {
      const wanted = input.LaunchConfigurationNames;
      const own = [...state.launchConfigurations.values()].filter(
        ({ account, name }) =>
          account === caller.account &&
          (wanted === undefined || wanted.length === 0 || wanted.includes(name)),
      );
      const { items, rest } = page(own, input);
      return {
        LaunchConfigurations: items.map((one) => ({
          LaunchConfigurationName: one.name,
          LaunchConfigurationARN: one.arn,
          ImageId: one.imageId,
          KeyName: '',
          SecurityGroups: [],
          UserData: '',
          InstanceType: one.instanceType,
          BlockDeviceMappings: [],
          InstanceMonitoring: { Enabled: true },
          CreatedTime: state.epoch + one.created,
          EbsOptimized: false,
        })),
        ...rest,
      };
    },
  },
);

export const deleteLaunchConfiguration = autoScalingOperation<LaunchConfigurationNameType>(
  DeleteLaunchConfiguration$,
  {
    summary: 'Deletes a launch configuration that no group uses.',
    members: { LaunchConfigurationName: NAME },
    handle({ state, caller }, { LaunchConfigurationName: name }) {
      const key = keyOf(caller.account, name!);
      if (!state.launchConfigurations.has(key)) throw noSuchLaunchConfiguration(name!);
      for (const group of state.groups.values()) {
        if (group.account === caller.account && group.launchConfiguration === name) {
          throw launchConfigurationInUse(name!, group.name);
        }
      }
      state.launchConfigurations.delete(key);
      return {};
    },
  },
);
