/** Functions: made, shown, changed, deleted. */
import {
  CreateFunction$,
  type CreateFunctionRequest,
  DeleteFunction$,
  type DeleteFunctionRequest,
  GetAccountSettings$,
  type GetAccountSettingsRequest,
  GetFunction$,
  GetFunctionConfiguration$,
  type GetFunctionConfigurationRequest,
  type GetFunctionRequest,
  ListFunctions$,
  type ListFunctionsRequest,
  UpdateFunctionCode$,
  type UpdateFunctionCodeRequest,
  UpdateFunctionConfiguration$,
  type UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import type { Context } from '../../../engine/service.ts';
import {
  FUNCTION_NAME,
  lambdaOperation,
  MARKER,
  MAX_ITEMS,
  page,
  paged,
  QUALIFIER,
  REVISION,
  without,
} from '../define.ts';
import { conflict, invalidValue, outOfRange, preconditionFailed } from '../errors.ts';
import { emit } from '../events.ts';
import { concurrencyMax, DESCRIPTION_MAX, MEMORY, NAME, TAGS_MAX, TIMEOUT } from '../limits.ts';
import {
  changed,
  functionArn,
  functionKey,
  type LambdaFunction,
  type LambdaState,
  newFunction,
  revisionId,
} from '../model.ts';
import { BEHAVIOUR_NAMES } from '../rules/behaviours.ts';
import { unreserved } from '../rules/executing.ts';
import { configOf, describe, RUNTIMES } from '../rules/functionConfig.ts';
import { functionNamed, functionOf } from '../rules/lookup.ts';

const NO_CODE = 'accepted and not read: the handler says what a function does';

const CONFIG_MEMBERS = {
  Runtime: { purpose: 'the language; nothing depends on it', values: RUNTIMES },
  Handler: { purpose: 'what the function does, one of a fixed set', values: BEHAVIOUR_NAMES },
  Description: { purpose: 'a note of your own', max: DESCRIPTION_MAX, unit: 'characters' },
  Timeout: { purpose: 'how long a call may take', ...TIMEOUT, unit: 's' },
  MemorySize: { purpose: 'its memory in MB, which is billed by time', ...MEMORY },
  VpcConfig: without('a network of its own', 'there are no networks here'),
  DeadLetterConfig: { purpose: 'queue or topic for events given up: TargetArn=ARN' },
  Environment: { purpose: 'variables: Variables={DURATION_MS=200}' },
  KMSKeyArn: without('a key for the variables', 'variables are not encrypted here'),
  TracingConfig: without('tracing', 'the Story pane shows the way of a message'),
  Layers: without('layers of code', 'no code is run here'),
  FileSystemConfigs: without('file systems', 'there are no file systems here'),
  ImageConfig: without('settings of a container image', 'no code is run here'),
  EphemeralStorage: without('the size of /tmp', 'functions here keep no files'),
  SnapStart: without('a start from a snapshot', 'there are no cold starts here'),
  LoggingConfig: without('where its log goes', 'Invoke with --log-type Tail shows the log'),
  CapacityProviderConfig: without('managed instances', 'functions here run on Lambda alone'),
  DurableConfig: without('a durable function', 'durable functions'),
} as const;

export const createFunction = lambdaOperation<CreateFunctionRequest>(CreateFunction$, {
  summary: 'Makes a function; its handler names what it does.',
  members: {
    FunctionName: { purpose: 'its name', min: 1, max: 64, unit: 'characters' },
    Role: { purpose: 'the execution role, by its ARN' },
    Code: { purpose: NO_CODE },
    ...CONFIG_MEMBERS,
    Publish: without('publish a version', 'a function has $LATEST alone'),
    PublishTo: without('publish a version', 'a function has $LATEST alone'),
    PackageType: { purpose: 'Zip, or Image', values: ['Zip'] },
    Tags: { purpose: 'labels of your own, a=b', max: TAGS_MAX, unit: 'entries' },
    CodeSigningConfigArn: without('code signing', 'no code is run here'),
    Architectures: { purpose: 'the processor; nothing depends on it', values: ['x86_64', 'arm64'] },
    TenancyConfig: without('tenants', 'tenant isolation'),
  },
  handle(context, input) {
    const { state, now, caller } = context;
    const named = functionNamed(caller.account, input.FunctionName!);
    if (named === undefined || !NAME.test(named.name)) {
      throw outOfRange(
        input.FunctionName,
        'functionName',
        'Member must satisfy regular expression pattern: [a-zA-Z0-9-_]+, with at most 64 characters',
      );
    }
    if (input.PackageType === 'Image') {
      throw invalidValue('not modelled: PackageType Image', { why: 'No code is run here; Zip does.' });
    }
    const { name } = named;
    const key = functionKey(caller.account, name);
    const config = configOf(input);
    if (state.functions.has(key)) throw conflict(`Function already exist: ${name}`);
    const record = newFunction({
      name,
      account: caller.account,
      arn: functionArn(state, caller.account, name),
      order: ++state.functionsMade,
      created: now,
      config,
      tags: Object.freeze({ ...input.Tags }),
    });
    state.functions.set(key, record);
    emit(context, { type: 'lambda/FunctionCreated', by: caller.by, function: name });
    return describe(state, record);
  },
});

export const getFunction = lambdaOperation<GetFunctionRequest>(GetFunction$, {
  summary: 'Shows a function with its tags and reserved concurrency.',
  members: { FunctionName: FUNCTION_NAME, Qualifier: QUALIFIER },
  handle(context, { FunctionName, Qualifier }) {
    const record = functionOf(context, FunctionName!, Qualifier);
    const { reserved, tags } = record;
    return {
      Configuration: describe(context.state, record),
      Code: { RepositoryType: 'S3' },
      ...(Object.keys(tags).length > 0 && { Tags: { ...tags } }),
      ...(reserved !== undefined && { Concurrency: { ReservedConcurrentExecutions: reserved } }),
    };
  },
});

export const getFunctionConfiguration = lambdaOperation<GetFunctionConfigurationRequest>(
  GetFunctionConfiguration$,
  {
    summary: 'Shows the configuration of a function.',
    members: { FunctionName: FUNCTION_NAME, Qualifier: QUALIFIER },
    handle: (context, { FunctionName, Qualifier }) =>
      describe(context.state, functionOf(context, FunctionName!, Qualifier)),
  },
);

export const listFunctions = lambdaOperation<ListFunctionsRequest>(ListFunctions$, {
  summary: 'Lists the functions of the account, by name.',
  members: {
    MasterRegion: without('functions at the edge', 'there are no edge locations here'),
    FunctionVersion: { purpose: 'ALL: with all versions; there is $LATEST alone', values: ['ALL'] },
    Marker: MARKER,
    MaxItems: MAX_ITEMS,
  },
  pagination: paged('Functions'),
  handle({ state, caller }, { Marker, MaxItems }) {
    const own = [...state.functions.values()]
      .filter(({ account }) => account === caller.account)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, ...rest } = page(own, Marker, MaxItems);
    return { Functions: items.map((record) => describe(state, record)), ...rest };
  },
});

export const updateFunctionConfiguration = lambdaOperation<UpdateFunctionConfigurationRequest>(
  UpdateFunctionConfiguration$,
  {
    summary: 'Changes what a function does, its timeout, memory or variables.',
    members: {
      FunctionName: FUNCTION_NAME,
      Role: { purpose: 'the execution role, by its ARN' },
      ...CONFIG_MEMBERS,
      RevisionId: REVISION,
    },
    handle(context, input) {
      const record = functionOf(context, input.FunctionName!);
      checkRevision(context.state, record, input.RevisionId);
      record.config = configOf(input, record.config);
      return update(context, record);
    },
  },
);

export const updateFunctionCode = lambdaOperation<UpdateFunctionCodeRequest>(UpdateFunctionCode$, {
  summary: 'Takes new code, which is not read: the handler says what is done.',
  members: {
    FunctionName: FUNCTION_NAME,
    ZipFile: { purpose: NO_CODE },
    S3Bucket: { purpose: NO_CODE },
    S3Key: { purpose: NO_CODE },
    S3ObjectVersion: { purpose: NO_CODE },
    S3ObjectStorageMode: without('how the object is stored', 'code is not read here'),
    ImageUri: without('a container image', 'no code is run here'),
    Architectures: { purpose: 'the processor; nothing depends on it', values: ['x86_64', 'arm64'] },
    Publish: without('publish a version', 'a function has $LATEST alone'),
    PublishTo: without('publish a version', 'a function has $LATEST alone'),
    DryRun: { purpose: 'only check the call' },
    RevisionId: REVISION,
    SourceKMSKeyArn: without('a key for the code', 'code is not read here'),
  },
  handle(context, { FunctionName, RevisionId, DryRun, ZipFile, S3Bucket }) {
    const record = functionOf(context, FunctionName!);
    checkRevision(context.state, record, RevisionId);
    if (ZipFile === undefined && S3Bucket === undefined) {
      throw invalidValue('Please provide a source for function code.');
    }
    return DryRun === true ? describe(context.state, record) : update(context, record);
  },
});

function checkRevision(state: LambdaState, record: LambdaFunction, given: string | undefined): void {
  if (given !== undefined && given !== revisionId(state, record)) throw preconditionFailed();
}

function update(context: Context<LambdaState>, record: LambdaFunction): object {
  changed(record, context.now);
  emit(context, { type: 'lambda/FunctionUpdated', by: context.caller.by, function: record.name });
  return describe(context.state, record);
}

export const deleteFunction = lambdaOperation<DeleteFunctionRequest>(DeleteFunction$, {
  summary: 'Deletes a function; calls at work end, events that wait are gone.',
  members: { FunctionName: FUNCTION_NAME, Qualifier: QUALIFIER },
  handle(context, { FunctionName, Qualifier }) {
    const { state, caller } = context;
    const record = functionOf(context, FunctionName!, Qualifier);
    const key = functionKey(record.account, record.name);
    state.functions.delete(key);
    for (const event of [...state.events.values()]) {
      if (event.function === key) state.events.delete(event.id);
    }
    emit(context, { type: 'lambda/FunctionDeleted', by: caller.by, function: record.name });
    return {};
  },
});

export const getAccountSettings = lambdaOperation<GetAccountSettingsRequest>(GetAccountSettings$, {
  summary: 'Shows how many calls may be at work at once, and how many functions there are.',
  members: {},
  handle({ state, caller }) {
    const own = [...state.functions.values()].filter(({ account }) => account === caller.account);
    return {
      AccountLimit: {
        TotalCodeSize: 80_530_636_800,
        CodeSizeUnzipped: 262_144_000,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: concurrencyMax(state.limits),
        UnreservedConcurrentExecutions: unreserved(state, caller.account).limit,
      },
      AccountUsage: { TotalCodeSize: 0, FunctionCount: own.length },
    };
  },
});
