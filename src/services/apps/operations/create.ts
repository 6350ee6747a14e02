/** `app create-producer`, `create-website`, `create-consumer` and `create-fleet`. */
import type { Operation } from '../../../contract/operation.ts';
import type { Context } from '../../../engine/service.ts';
import { newAgent } from '../agent.ts';
import { appExists, databaseExists } from '../errors.ts';
import { addInstance, instancesOf } from '../fleet.ts';
import { kclGroup } from '../leaseModel.ts';
import { start } from '../lifecycle.ts';
import { idMemory } from '../memory.ts';
import { type App, type AppsState, appBase, type Consumer, type Given, type Producer } from '../model.ts';
import { begin } from '../pattern.ts';
import { consumerSettings, producerSettings } from '../settings.ts';
import { streamReading } from '../shardModel.ts';
import { readName } from '../values.ts';
import { windowState } from '../windows.ts';
import {
  AGENT_RULES,
  CONSUMER_RULES,
  CREATE_AGENT,
  CREATE_CONSUMER,
  CREATE_FLEET,
  CREATE_FLINK,
  CREATE_KCL_WORKERS,
  CREATE_PRODUCER,
  CREATE_WEBSITE,
  FLEET_RULES,
  FLINK_RULES,
  KCL_RULES,
  NAME_RULE,
  NOTHING,
  PRODUCER_RULES,
  WEBSITE_RULES,
} from './shapes.ts';

interface CreateInput {
  readonly name: string;
  readonly stopped?: boolean;
}
type Create = Operation<AppsState, CreateInput>;

export const createProducer: Create = {
  name: 'CreateProducer',
  service: 'app',
  input: CREATE_PRODUCER,
  output: NOTHING('CreateProducer'),
  summary: 'Makes a simulated application that sends messages at a rate.',
  members: { name: NAME_RULE, ...PRODUCER_RULES },
  handle: (context, input) => add(context, newProducer(context, input, false), input),
};

export const createAgent: Create = {
  name: 'CreateAgent',
  service: 'app',
  input: CREATE_AGENT,
  output: NOTHING('CreateAgent'),
  summary: 'Makes a Kinesis Agent that tails a log and hands its lines to a stream or a delivery stream.',
  members: { name: NAME_RULE, ...AGENT_RULES },
  handle(context, input) {
    const { file = '/var/log/app.log' } = input as { readonly file?: string };
    return add(context, newProducer(context, { ...input, file } as CreateInput, false), input);
  },
};

export const createWebsite: Create = {
  name: 'CreateWebsite',
  service: 'app',
  input: CREATE_WEBSITE,
  output: NOTHING('CreateWebsite'),
  summary: 'Makes a website whose visitors wait until a queue or a database has taken their order.',
  members: { name: NAME_RULE, ...WEBSITE_RULES },
  handle: (context, input) => add(context, newProducer(context, input, true), input),
};

function newProducer(context: Context<AppsState>, input: CreateInput, website: boolean): Producer {
  const given = givenOf(input);
  const name = freeName(context, input.name);
  const settings = producerSettings(given, website);
  const { now } = context;
  const { rate, pattern } = settings;
  return {
    ...appBase(name, context.state.nextLife, given, now),
    kind: 'producer',
    settings,
    progress: begin(rate, pattern, now, context.random(`producer/${name}`)),
    plan: 0,
    waiting: 0,
    next: 1,
    outstanding: 0,
    ...(settings.agent !== undefined && { agent: newAgent() }),
  };
}

export const createConsumer: Create = {
  name: 'CreateConsumer',
  service: 'app',
  input: CREATE_CONSUMER,
  output: NOTHING('CreateConsumer'),
  summary: 'Makes a simulated application that takes messages, works on each and deletes it.',
  members: { name: NAME_RULE, ...CONSUMER_RULES },
  handle: (context, input) => add(context, newConsumer(context, input), input),
};

export const createFlink: Create = {
  name: 'CreateFlink',
  service: 'app',
  input: CREATE_FLINK,
  output: NOTHING('CreateFlink'),
  summary: 'Makes a Flink application that counts the records of a stream by key, window by window.',
  members: { name: NAME_RULE, ...FLINK_RULES },
  handle(context, input) {
    const { window = '10s' } = input as { readonly window?: string };
    return add(context, newConsumer(context, { ...input, window } as CreateInput), input);
  },
};

export const createKclWorkers: Create = {
  name: 'CreateKclWorkers',
  service: 'app',
  input: CREATE_KCL_WORKERS,
  output: NOTHING('CreateKclWorkers'),
  summary: 'Makes a group of KCL workers that share the shards of a stream by leases.',
  members: { name: NAME_RULE, ...KCL_RULES },
  handle(context, input) {
    const { workers = 1 } = input as { readonly workers?: number };
    return add(context, newConsumer(context, { ...input, workers } as CreateInput), input);
  },
};

export const createFleet: Operation<AppsState, CreateInput & { readonly group: string }> = {
  name: 'CreateFleet',
  service: 'app',
  input: CREATE_FLEET,
  output: NOTHING('CreateFleet'),
  summary: 'Makes a consumer with one worker for each instance of an Auto Scaling group.',
  members: { name: NAME_RULE, ...FLEET_RULES },
  handle(context, input) {
    const app = newConsumer(context, input);
    const instances = instancesOf(context, input.group);
    add(context, app, input);
    for (const id of instances) addInstance(context, app, id);
    return {};
  },
};

function newConsumer(context: Context<AppsState>, input: CreateInput): Consumer {
  const given = givenOf(input);
  const name = freeName(context, input.name);
  const settings = consumerSettings(given);
  return {
    ...appBase(name, context.state.nextLife, given, context.now),
    kind: 'consumer',
    settings,
    workers: [],
    instances: [],
    turns: 0,
    memory: idMemory(),
    newestSent: new Map(),
    reading: streamReading(),
    ...(settings.kcl !== undefined && { kcl: kclGroup() }),
    ...(settings.window !== undefined && { windows: windowState() }),
  };
}

function freeName(context: Context<AppsState>, text: string): string {
  const name = readName(text);
  if (context.state.apps.has(name) || context.state.clients.has(name)) throw appExists(name);
  if (context.state.databases.has(name)) throw databaseExists(name);
  return name;
}

/** What was typed, without the switch that only matters now. */
function givenOf(input: CreateInput): Given {
  const { stopped: _stopped, ...given } = input;
  return given;
}

function add(context: Context<AppsState>, app: App, input: CreateInput): object {
  context.state.nextLife++;
  context.state.apps.set(app.name, app);
  if (input.stopped !== true) start(context, app);
  return {};
}
