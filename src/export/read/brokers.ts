/** Amazon MQ brokers and their configurations. Passwords cannot be read: everybody gets the same one, to be changed. */
import {
  type Answer,
  type Ask,
  type Declared,
  given,
  inputFrom,
  listIn,
  mapIn,
  type Readable,
} from '../declared.ts';

/** The most that a list gives at once. */
const MOST = 100;

const PASSWORD = 'Change-me-please-1';

export function readConfigurations({ ask }: Readable): readonly Declared[] {
  return listIn<Answer>(ask('mq', 'ListConfigurations', { MaxResults: MOST }), 'Configurations').map(
    (configuration, index) => {
      const { Id, Name, EngineType, EngineVersion, LatestRevision, Arn } = configuration;
      const { Revision, Description } = LatestRevision as Answer;
      const Data = ask('mq', 'DescribeConfigurationRevision', {
        ConfigurationId: Id,
        ConfigurationRevision: String(Revision),
      })?.Data;
      return {
        type: 'AWS::AmazonMQ::Configuration',
        name: String(Name),
        make: [
          {
            service: 'mq',
            operation: 'CreateConfiguration',
            input: { Name, EngineType, EngineVersion },
            gives: { query: 'Id', literal: String(Id), variable: `CONFIGURATION_${index + 1}` },
          },
          ...(Number(Revision) > 1
            ? [
                {
                  service: 'mq',
                  operation: 'UpdateConfiguration',
                  input: given({ ConfigurationId: Id, Data, Description }),
                },
              ]
            : []),
        ],
        properties: given({ Name, EngineType, EngineVersion, Data, Description }),
        names: [
          { literal: String(Arn), attribute: 'Arn' },
          { literal: String(Id), attribute: 'Ref' },
        ],
      };
    },
  );
}

export function readBrokers(readable: Readable): readonly Declared[] {
  return listIn<Answer>(readable.ask('mq', 'ListBrokers', { MaxResults: MOST }), 'BrokerSummaries').map(
    ({ BrokerId }) => readBroker(readable, String(BrokerId)),
  );
}

function readBroker(readable: Readable, BrokerId: string): Declared {
  const { ask } = readable;
  const described = ask('mq', 'DescribeBroker', { BrokerId }) as Answer;
  const current = (described.Configurations as Answer | undefined)?.Current as Answer | undefined;
  const users = listIn<Answer>(described, 'Users').map(({ Username }) =>
    userOf(ask, BrokerId, String(Username)),
  );
  const Tags = mapIn(described, 'Tags');
  const input = inputFrom(readable, ['mq', 'CreateBroker'], described, {
    Configuration: current && { Id: current.Id, Revision: current.Revision },
    // RabbitMQ's users live in the broker; AWS only takes the first of them.
    Users: users.length === 0 ? [{ Username: 'admin', Password: PASSWORD }] : users,
    Tags: Object.keys(Tags).length === 0 ? undefined : Tags,
    SubnetIds: undefined,
    CreatorRequestId: undefined,
    Logs: logsOf(described.Logs as Answer | undefined),
  });
  return {
    type: 'AWS::AmazonMQ::Broker',
    name: String(described.BrokerName),
    make: [{ service: 'mq', operation: 'CreateBroker', input }],
    properties: given({
      ...input,
      Tags:
        Object.keys(Tags).length === 0
          ? undefined
          : Object.entries(Tags).map(([Key, Value]) => ({ Key, Value })),
    }),
    names: [
      { literal: String(described.BrokerArn), attribute: 'Arn' },
      { literal: BrokerId, attribute: 'Ref' },
    ],
  };
}

function userOf(ask: Ask, BrokerId: string, Username: string): Answer {
  const { ConsoleAccess, Groups } = ask('mq', 'DescribeUser', { BrokerId, Username }) ?? {};
  return given({
    Username,
    Password: PASSWORD,
    ConsoleAccess: ConsoleAccess === true ? true : undefined,
    Groups: Array.isArray(Groups) && Groups.length > 0 ? Groups : undefined,
  });
}

function logsOf(logs: Answer | undefined): Answer | undefined {
  if (logs?.General !== true && logs?.Audit !== true) return undefined;
  return given({
    General: logs.General === true ? true : undefined,
    Audit: logs.Audit === true ? true : undefined,
  });
}
