/** B19: one publish to a thousand subscriptions with filters. */
import { atMost, type Bench, bestOfBoth, collectGarbage, timeOf } from '../measure.ts';
import { World } from './drive.ts';

const SUBSCRIPTIONS = 1_000;
/** AWS allows 200 filter policies a topic and 10,000 an account; here every subscription has one. */
const TOPICS = 5;
const PUBLISHES = 20;
const SENDS = 40_000;

const ACCOUNT = '000000000000';
const ATTRIBUTES = { colour: { DataType: 'String', StringValue: 'red' } };

const letIn = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: '*',
    },
  ],
});

/** A world with topics that have a thousand subscribed queues together, each with a filter that fits. */
function subscribed(): { world: World; topics: string[] } {
  const world = new World();
  const topics: string[] = [];
  for (let topic = 0; topic < TOPICS; topic++) {
    const { TopicArn } = world.call('CreateTopic', { Name: `orders-${topic}` }, 'sns');
    topics.push(TopicArn as string);
  }
  for (let queue = 0; queue < SUBSCRIPTIONS; queue++) {
    world.queue(`q${queue}`, { Policy: letIn });
    const Attributes = { FilterPolicy: '{"colour":["red","green"]}', RawMessageDelivery: 'true' };
    const Endpoint = `arn:aws:sqs:us-east-1:${ACCOUNT}:q${queue}`;
    world.call(
      'Subscribe',
      { TopicArn: topics[queue % TOPICS], Protocol: 'sqs', Endpoint, Attributes },
      'sns',
    );
  }
  return { world, topics };
}

function publish(world: World, topics: readonly string[], rounds: number): void {
  for (let round = 0; round < rounds; round++) {
    for (const TopicArn of topics) {
      world.submit(
        'Publish',
        { TopicArn, Message: `message ${round}`, MessageAttributes: ATTRIBUTES },
        'sns',
      );
    }
    world.pass(1_000);
    world.timeline.takeAnswers();
  }
}

function send(world: World, QueueUrl: string, count: number): void {
  for (let index = 0; index < count; index++) {
    world.submit('SendMessage', {
      QueueUrl,
      MessageBody: `message ${index}`,
      MessageAttributes: ATTRIBUTES,
    });
    if (index % 100 === 0) {
      world.pass(10);
      world.timeline.takeAnswers();
    }
  }
  world.pass(100);
}

export const fanOut: Bench = {
  name: 'B19',
  title: 'a publish to 1,000 subscriptions with filters',
  run() {
    const { world, topics } = subscribed();
    const url = world.queue('alone');
    publish(world, topics, 3);
    send(world, url, 2_000);
    const [deliveries, sends] = bestOfBoth(
      3,
      () => {
        collectGarbage();
        return timeOf(() => publish(world, topics, PUBLISHES));
      },
      () => {
        collectGarbage();
        return timeOf(() => send(world, url, SENDS));
      },
    );
    const delivery = (deliveries * 1e6) / (PUBLISHES * SUBSCRIPTIONS);
    const alone = (sends * 1e6) / SENDS;
    return [
      atMost(
        'a delivery of a publish to 1,000 filters, against a send',
        delivery / alone,
        8,
        '×',
        ` (${delivery.toFixed(0)} / ${alone.toFixed(0)} ns)`,
      ),
    ];
  },
};
