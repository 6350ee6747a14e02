/** Lambda functions, who may call them, where their events go, and what feeds them. */
import {
  type Answer,
  type ApiCall,
  type Ask,
  type Declared,
  given,
  inputFrom,
  listIn,
  mapIn,
  type Part,
  parsed,
  type Readable,
  tagList,
} from '../declared.ts';

const call = (operation: string, input: object): ApiCall => ({ service: 'lambda', operation, input });

export function readFunctions(readable: Readable): readonly Declared[] {
  return listIn<Answer>(readable.ask('lambda', 'ListFunctions'), 'Functions').map((described) =>
    readFunction(readable, described),
  );
}

function readFunction(readable: Readable, described: Answer): Declared {
  const { ask } = readable;
  const FunctionName = String(described.FunctionName);
  const tags = mapIn(ask('lambda', 'GetFunction', { FunctionName }), 'Tags');
  const settings = inputFrom(readable, ['lambda', 'UpdateFunctionConfiguration'], described, {
    RevisionId: undefined,
    TracingConfig: undefined,
    EphemeralStorage: undefined,
  });
  const ZipFile = new Uint8Array();
  const reserved = ask('lambda', 'GetFunctionConcurrency', { FunctionName })?.ReservedConcurrentExecutions;
  const statements = permissionsOf(ask, FunctionName);
  const events = eventConfigOf(ask, FunctionName);
  return {
    type: 'AWS::Lambda::Function',
    name: FunctionName,
    make: [
      call(
        'CreateFunction',
        given({
          ...settings,
          Code: { ZipFile },
          Tags: Object.keys(tags).length === 0 ? undefined : tags,
        }),
      ),
      ...(typeof reserved === 'number'
        ? [call('PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: reserved })]
        : []),
      ...statements.map((statement) => call('AddPermission', { FunctionName, ...statement })),
    ],
    connect: events === undefined ? [] : [call('PutFunctionEventInvokeConfig', { FunctionName, ...events })],
    properties: given({
      ...settings,
      Code: { ZipFile: '// the playground models what a handler does, not its code' },
      ReservedConcurrentExecutions: reserved,
      Tags: tagList(tags),
    }),
    names: [{ literal: String(described.FunctionArn), attribute: 'Arn' }],
    parts: [...statements.map(permissionPart(FunctionName)), ...eventPart(FunctionName, events)],
  };
}

interface Permission {
  readonly StatementId: string;
  readonly Action: string;
  readonly Principal: string;
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
}

interface Statement {
  readonly Sid: string;
  readonly Action: string;
  readonly Principal: string | Readonly<Record<string, string>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

function permissionsOf(ask: Ask, FunctionName: string): readonly Permission[] {
  const policy = parsed(ask('lambda', 'GetPolicy', { FunctionName })?.Policy) as
    | { readonly Statement: readonly Statement[] }
    | undefined;
  return (policy?.Statement ?? []).map(({ Sid, Action, Principal, Condition = {} }) =>
    given({
      StatementId: Sid,
      Action,
      Principal: typeof Principal === 'string' ? Principal : Object.values(Principal).join(),
      SourceArn: Object.values(Condition).find((values) => 'AWS:SourceArn' in values)?.['AWS:SourceArn'],
      SourceAccount: Object.values(Condition).find((values) => 'AWS:SourceAccount' in values)?.[
        'AWS:SourceAccount'
      ],
    } as Permission),
  );
}

const permissionPart =
  (FunctionName: string) =>
  ({ StatementId, ...properties }: Permission): Part => ({
    type: 'AWS::Lambda::Permission',
    suffix: `Permission-${StatementId}`,
    properties: { FunctionName, ...properties },
  });

interface EventConfig {
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
  readonly DestinationConfig?: Readonly<Record<string, { readonly Destination?: string }>>;
}

function eventConfigOf(ask: Ask, FunctionName: string): EventConfig | undefined {
  const answer = ask('lambda', 'GetFunctionEventInvokeConfig', { FunctionName }) as EventConfig | undefined;
  if (answer === undefined) return undefined;
  const destinations = Object.fromEntries(
    Object.entries(answer.DestinationConfig ?? {}).filter(([, { Destination }]) => Destination !== undefined),
  );
  return given({
    MaximumRetryAttempts: answer.MaximumRetryAttempts,
    MaximumEventAgeInSeconds: answer.MaximumEventAgeInSeconds,
    DestinationConfig: Object.keys(destinations).length === 0 ? undefined : destinations,
  } as EventConfig);
}

const eventPart = (FunctionName: string, events: EventConfig | undefined): readonly Part[] =>
  events === undefined
    ? []
    : [
        {
          type: 'AWS::Lambda::EventInvokeConfig',
          suffix: 'Events',
          properties: { FunctionName, Qualifier: '$LATEST', ...events },
        },
      ];

/** Those of tables stay here with the tables: an app plays them. */
export function readMappings(readable: Readable): readonly Declared[] {
  return listIn<Answer>(readable.ask('lambda', 'ListEventSourceMappings'), 'EventSourceMappings')
    .filter(({ EventSourceArn }) => !String(EventSourceArn).startsWith('arn:aws:dynamodb:'))
    .map((described, index) => {
      const { FunctionArn, State } = described;
      const input = inputFrom(readable, ['lambda', 'CreateEventSourceMapping'], described, {
        FunctionName: FunctionArn,
        Enabled: State === 'Disabled' || State === 'Disabling' ? false : undefined,
        StartingPosition: described.StartingPosition,
      });
      return {
        type: 'AWS::Lambda::EventSourceMapping',
        name: `${String(FunctionArn).slice(String(FunctionArn).lastIndexOf(':') + 1)}-source-${index + 1}`,
        make: [],
        connect: [call('CreateEventSourceMapping', input)],
        properties: input,
        names: [],
      };
    });
}
