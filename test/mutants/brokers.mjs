/** Changed rules of Amazon MQ, and of the clients that speak with its brokers. */
const MQ = 'src/services/mq';
const APPS = 'src/services/apps';
const NODES = `${MQ}/rabbit/nodes.ts`;
const FAILOVER = 'test/oracle/rabbitFailover.test.ts';

export const BROKER_MUTANTS = [
  {
    name: 'RabbitMQ is ActiveMQ by another name',
    fact: 'MQ-01',
    edits: [[`${MQ}/engines.ts`, 'RABBITMQ: rabbit };', 'RABBITMQ: activemq };']],
  },
  {
    name: 'there is one kind of broker',
    fact: 'MQ-01',
    edits: [
      [
        `${MQ}/rules/versions.ts`,
        "if (upper === 'ACTIVEMQ' || upper === 'RABBITMQ') return upper;",
        "if (upper === 'ACTIVEMQ') return upper;",
      ],
    ],
  },
  {
    name: 'topics of MQTT are a world of their own',
    fact: 'MQ-02',
    edits: [[`${MQ}/activemq/names.ts`, "kind: 'topic', name: fromMqtt(text)", "kind: 'topic', name: text"]],
  },
  {
    name: 'a topic serves one of its subscribers',
    fact: 'MQ-03',
    edits: [
      [
        `${MQ}/activemq/publish.ts`,
        '...[...topicOf(field, topic).boxes].map(',
        '...[...topicOf(field, topic).boxes].slice(0, 1).map(',
      ],
    ],
  },
  {
    name: 'a topic is a queue',
    fact: 'MQ-03',
    edits: [
      [`${MQ}/activemq/names.ts`, "{ kind: kind as Named['kind'], name };", "{ kind: 'queue', name };"],
    ],
  },
  {
    name: 'a queue is a topic',
    fact: 'MQ-03',
    edits: [
      [`${MQ}/activemq/names.ts`, "{ kind: kind as Named['kind'], name };", "{ kind: 'topic', name };"],
    ],
  },
  {
    name: 'the standby never takes over',
    fact: 'MQ-04',
    edits: [
      [`${MQ}/activemq/failover.ts`, "  planWork(field, at, { type: 'activemq/TakeoverDue', began });\n", ''],
    ],
  },
  {
    name: 'a client does not try the other address',
    fact: 'MQ-04',
    edits: [
      [
        `${APPS}/clientLinks.ts`,
        "  if (link.state === 'down' && link.tries === timer.tries) connect(context, app, link);",
        '',
      ],
    ],
  },
  {
    name: 'the standby has another journal',
    fact: 'MQ-05',
    edits: [
      [
        `${MQ}/activemq/failover.ts`,
        'if (entry.message.persistent) continue;',
        'if (entry.sequence < 0) continue;',
      ],
    ],
  },
  {
    name: 'the standby shares the memory, too',
    fact: 'MQ-05',
    edits: [
      [
        `${MQ}/activemq/failover.ts`,
        'if (entry.message.persistent) continue;',
        'if (entry.sequence >= 0) continue;',
      ],
    ],
  },
  {
    name: 'a server holds any number of connections',
    fact: 'MQ-06',
    edits: [[`${MQ}/activemq/connections.ts`, 'if (open < most) return;', 'if (open >= 0) return;']],
  },
  {
    name: 'memory never runs short',
    fact: 'MQ-10',
    edits: [
      [
        `${MQ}/rabbit/alarms.ts`,
        'memoryUsed(broker) > memoryLimit(context.state.limits, broker)',
        'memoryUsed(broker) > 100 * memoryLimit(context.state.limits, broker)',
      ],
    ],
  },
  {
    name: 'an idle broker costs nothing',
    fact: 'MQ-11',
    edits: [
      [
        `${MQ}/rules/billing.ts`,
        'const running = runningMs + (runningSince < 0 ? 0 : now - runningSince);',
        'const running = 0 * (runningMs + runningSince);',
      ],
    ],
  },
  {
    name: 'a standby is free',
    fact: 'MQ-11',
    edits: [
      [`${MQ}/rules/billing.ts`, '): number => nodes.length;', '): number => Math.min(1, nodes.length);'],
    ],
  },
  {
    name: 'a pair can share the disk of one server',
    fact: 'NB-06',
    edits: [
      [
        `${MQ}/rules/versions.ts`,
        "return isMicro(instanceType) ? [] : ['SINGLE_INSTANCE'];",
        'return MODES.ACTIVEMQ;',
      ],
    ],
  },
  {
    name: 'a consumer is handed one message at a time',
    lessons: ['lab/the-idle-packer'],
    edits: [[`${MQ}/activemq/subscribe.ts`, 'queue: 1_000, topic', 'queue: 1, topic']],
  },
  {
    name: 'what STOMP sends is persistent',
    lessons: ['lab/sixty-alarms'],
    edits: [
      [
        `${MQ}/activemq/publish.ts`,
        "return persistent ?? protocol === 'openwire';",
        "return persistent ?? protocol !== 'amqp-1-0';",
      ],
    ],
  },
  {
    name: 'the broker confirms before the journal has it',
    lessons: ['mq/how-far-it-goes'],
    edits: [[`${MQ}/activemq/journal.ts`, 'if (!persistent || session', 'if (persistent || session']],
  },
  {
    name: 'EFS is as near as EBS',
    lessons: ['mq/how-far-it-goes'],
    edits: [[`${MQ}/activemq/journal.ts`, 'EFS: milliseconds(12)', 'EFS: milliseconds(2)']],
  },
  {
    name: 'the journal writes for all producers one after the other',
    test: 'test/behaviour/mq/activemqJournal.test.ts',
    edits: [
      [
        `${MQ}/activemq/journal.ts`,
        'session.stored = after(instant(Math.max(context.now, session.stored)), WRITE[broker.storageType]);',
        `const last = Math.max(context.now, ...[...runtime.sessions.values()].map(({ stored }) => stored));
  session.stored = after(instant(last), WRITE[broker.storageType]);`,
      ],
    ],
  },
  {
    name: 'a promoted mirror knows what is unacknowledged',
    test: FAILOVER,
    edits: [[NODES, '    takeBackUnacked(ground, queue);\n    consumeAnew', '    consumeAnew']],
  },
  {
    name: 'what a promoted mirror takes back looks new',
    test: FAILOVER,
    edits: [[NODES, '{ ...entry, redelivered: true }', '{ ...entry }']],
  },
  {
    name: 'old tags settle what a promoted mirror has taken back',
    test: FAILOVER,
    edits: [[NODES, '{ ...one, order: NO_QUEUE, consumer: 0 }', '{ ...one, consumer: 0 }']],
  },
  {
    name: 'the youngest mirror is promoted',
    test: FAILOVER,
    edits: [[NODES, 'node.since < oldest.since', 'node.since > oldest.since']],
  },
  {
    name: 'the memory of a node comes back with it',
    test: FAILOVER,
    edits: [[NODES, '  loseTransient(ground, queue);\n', '']],
  },
  {
    name: 'one node of three is a majority',
    test: FAILOVER,
    edits: [[NODES, '* 2 > members.length', '* 3 >= members.length']],
  },
  {
    name: 'a quorum queue has its next leader at once',
    test: FAILOVER,
    edits: [[NODES, '{ min: 1_000, max: 3_000 }', '{ min: 0, max: 900 }']],
  },
];
