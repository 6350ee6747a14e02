/** Configurations, and their revisions: each change makes a new one, and none is lost. */
import {
  CreateConfiguration$,
  type CreateConfigurationRequest,
  DeleteConfiguration$,
  type DeleteConfigurationRequest,
  DescribeConfiguration$,
  type DescribeConfigurationRequest,
  DescribeConfigurationRevision$,
  type DescribeConfigurationRevisionRequest,
  ListConfigurationRevisions$,
  type ListConfigurationRevisionsRequest,
  ListConfigurations$,
  type ListConfigurationsRequest,
  UpdateConfiguration$,
  type UpdateConfigurationRequest,
} from '@aws-sdk/client-mq';
import { messageId } from '../../../contract/messageId.ts';
import { CONFIGURATION_ID, ENGINE_TYPES, MAX_RESULTS, mqOperation, NEXT_TOKEN } from '../define.ts';
import { badRequest, configurationNotFound, conflict } from '../errors.ts';
import { CONFIGURATION_NAME, CONFIGURATIONS_MAX, LIST, REVISIONS_MAX } from '../limits.ts';
import type { Configuration, ConfigurationRevision, MqState } from '../model.ts';
import { checkStrategy } from '../rules/brokerInput.ts';
import { DEFAULT_DATA, readData, toBase64 } from '../rules/configurationData.ts';
import { page } from '../rules/paging.ts';
import { readEngine, readVersion, VERSIONS } from '../rules/versions.ts';

/** Keeps families of ids apart. */
const CONFIGURATION_IDS = 23;

function ownConfiguration(state: MqState, account: string, id: string): Configuration {
  const found = state.configurations.get(id);
  if (found === undefined || found.account !== account) throw configurationNotFound(id);
  return found;
}

const revisionOf = ({ epoch }: MqState, revision: ConfigurationRevision): object => ({
  Created: epoch + revision.created,
  Description: revision.description,
  Revision: revision.revision,
});

const newest = ({ revisions }: Configuration): ConfigurationRevision => revisions.at(-1)!;

const shortly = (state: MqState, one: Configuration): object => ({
  Arn: one.arn,
  AuthenticationStrategy: one.authenticationStrategy,
  Created: state.epoch + one.created,
  Id: one.id,
  LatestRevision: revisionOf(state, newest(one)),
  Name: one.name,
});

const fully = (state: MqState, one: Configuration): object => ({
  ...shortly(state, one),
  Description: one.description,
  EngineType: one.engine,
  EngineVersion: one.engineVersion,
  Tags: Object.fromEntries(one.tags),
});

export const createConfiguration = mqOperation<CreateConfigurationRequest>(CreateConfiguration$, {
  summary: 'Makes a configuration for brokers of one engine, with the defaults in it.',
  members: {
    Name: { purpose: 'its name', min: 1, max: 150, unit: 'characters' },
    EngineType: { purpose: 'for which engine', values: ENGINE_TYPES },
    EngineVersion: { purpose: 'for which version; left out: the newest' },
    AuthenticationStrategy: { purpose: 'how users are known', values: ['SIMPLE'], default: 'SIMPLE' },
    Tags: { purpose: 'labels of your own' },
  },
  handle({ state, caller, now }, input) {
    const name = input.Name!;
    if (!CONFIGURATION_NAME.test(name)) {
      throw badRequest(
        `Configuration name [${name}] is invalid. It can contain only alphanumeric characters, dashes, periods, underscores, and tildes (- . _ ~), and must be 1-150 characters long.`,
      );
    }
    const engine = readEngine(input.EngineType!);
    const version = input.EngineVersion ?? VERSIONS[engine][0]!;
    const engineVersion = readVersion(engine, version, 'mq.m7g.large');
    checkStrategy(engine, input.AuthenticationStrategy ?? 'SIMPLE');
    const own = [...state.configurations.values()].filter(({ account }) => account === caller.account);
    if (own.some((one) => one.name === name)) throw conflict(`Configuration name [${name}] already exists.`);
    if (own.length >= CONFIGURATIONS_MAX) {
      throw badRequest(`The maximum number of configurations [${CONFIGURATIONS_MAX}] is reached.`);
    }
    const id = `c-${messageId(state.seed, state.resourcesMade, CONFIGURATION_IDS)}`;
    const made: Configuration = {
      id,
      arn: `arn:aws:mq:${state.region}:${caller.account}:configuration:${id}`,
      name,
      account: caller.account,
      order: state.resourcesMade++,
      created: now,
      engine,
      engineVersion,
      authenticationStrategy: 'SIMPLE',
      description: `Auto-generated default for ${name} on ${engine === 'ACTIVEMQ' ? 'ActiveMQ' : 'RabbitMQ'} ${engineVersion}`,
      revisions: [],
      tags: new Map(Object.entries(input.Tags ?? {})),
    };
    made.revisions.push(
      Object.freeze({
        revision: 1,
        created: now,
        description: made.description,
        data: DEFAULT_DATA[engine],
      }),
    );
    state.configurations.set(id, made);
    return shortly(state, made);
  },
});

export const updateConfiguration = mqOperation<UpdateConfigurationRequest>(UpdateConfiguration$, {
  summary: 'Makes a new revision of a configuration. Brokers take it when they are told to, at a reboot.',
  members: {
    ConfigurationId: CONFIGURATION_ID,
    Data: { purpose: 'the configuration, in base64: XML of ActiveMQ, Cuttlefish of RabbitMQ' },
    Description: { purpose: 'what is new in it' },
  },
  handle({ state, caller, now }, input) {
    const configuration = ownConfiguration(state, caller.account, input.ConfigurationId!);
    const { data, warnings } = readData(configuration.engine, input.Data!);
    if (configuration.revisions.length >= REVISIONS_MAX) {
      throw badRequest(`The maximum number of revisions [${REVISIONS_MAX}] of a configuration is reached.`);
    }
    const revision = newest(configuration).revision + 1;
    const description = input.Description ?? '';
    configuration.revisions.push(Object.freeze({ revision, created: now, description, data }));
    configuration.description = description;
    return {
      Arn: configuration.arn,
      Created: state.epoch + configuration.created,
      Id: configuration.id,
      LatestRevision: revisionOf(state, newest(configuration)),
      Name: configuration.name,
      Warnings: warnings,
    };
  },
});

export const describeConfiguration = mqOperation<DescribeConfigurationRequest>(DescribeConfiguration$, {
  summary: 'Tells about a configuration and its newest revision.',
  members: { ConfigurationId: CONFIGURATION_ID },
  handle: ({ state, caller }, { ConfigurationId }) =>
    fully(state, ownConfiguration(state, caller.account, ConfigurationId!)),
});

export const describeConfigurationRevision = mqOperation<DescribeConfigurationRevisionRequest>(
  DescribeConfigurationRevision$,
  {
    summary: 'Shows what stands in a revision, in base64.',
    members: {
      ConfigurationId: CONFIGURATION_ID,
      ConfigurationRevision: { purpose: 'the revision’s number' },
    },
    handle({ state, caller }, { ConfigurationId, ConfigurationRevision }) {
      const configuration = ownConfiguration(state, caller.account, ConfigurationId!);
      const found = configuration.revisions.find(
        ({ revision }) => String(revision) === ConfigurationRevision,
      );
      if (found === undefined) {
        throw badRequest(
          `Configuration [${configuration.id}] has no revision [${ConfigurationRevision}].`,
          `The newest is ${newest(configuration).revision}.`,
        );
      }
      return {
        ConfigurationId: configuration.id,
        Created: state.epoch + found.created,
        Data: toBase64(found.data),
        Description: found.description,
      };
    },
  },
);

export const listConfigurations = mqOperation<ListConfigurationsRequest>(ListConfigurations$, {
  summary: 'Lists the configurations of your account.',
  members: { MaxResults: MAX_RESULTS, NextToken: NEXT_TOKEN },
  handle({ state, caller }, input) {
    const own = [...state.configurations.values()].filter(({ account }) => account === caller.account);
    const { items, ...rest } = page(own, ({ id }) => id, input);
    return {
      Configurations: items.map((one) => fully(state, one)),
      MaxResults: input.MaxResults ?? LIST.default,
      ...rest,
    };
  },
});

export const listConfigurationRevisions = mqOperation<ListConfigurationRevisionsRequest>(
  ListConfigurationRevisions$,
  {
    summary: 'Lists the revisions of a configuration.',
    members: { ConfigurationId: CONFIGURATION_ID, MaxResults: MAX_RESULTS, NextToken: NEXT_TOKEN },
    handle({ state, caller }, input) {
      const configuration = ownConfiguration(state, caller.account, input.ConfigurationId!);
      const { items, ...rest } = page(configuration.revisions, ({ revision }) => String(revision), input);
      return {
        ConfigurationId: configuration.id,
        MaxResults: input.MaxResults ?? LIST.default,
        Revisions: items.map((one) => revisionOf(state, one)),
        ...rest,
      };
    },
  },
);

export const deleteConfiguration = mqOperation<DeleteConfigurationRequest>(DeleteConfiguration$, {
  summary: 'Deletes a configuration that no broker uses.',
  members: { ConfigurationId: CONFIGURATION_ID },
  handle({ state, caller }, { ConfigurationId }) {
    const { id } = ownConfiguration(state, caller.account, ConfigurationId!);
    const user = [...state.brokers.values()].find(
      ({ settings, pending }) => settings.configuration?.id === id || pending?.configuration?.id === id,
    );
    if (user !== undefined) {
      throw conflict(`Configuration [${id}] is in use.`, `The broker ${user.name} uses it.`);
    }
    state.configurations.delete(id);
    return { ConfigurationId: id };
  },
});
