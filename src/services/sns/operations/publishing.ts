/** Publish and PublishBatch. */
import { Publish$, PublishBatch$, type PublishBatchInput, type PublishInput } from '@aws-sdk/client-sns';
import type { Context } from '../../../engine/service.ts';
import { snsOperation, TOPIC_ARN } from '../define.ts';
import { batchError, invalidParameter } from '../errors.ts';
import { BATCH_ENTRIES_MAX, BATCH_ID_LENGTH_MAX, MESSAGE_BYTES_MAX } from '../limits.ts';
import type { SnsState } from '../model.ts';
import { elementsOf, topicAt } from '../rules/arns.ts';
import { checkDevice, checkPhone, publishTo } from '../rules/directPublishing.ts';
import { BatchAnswer, PublishAnswer } from '../rules/publishAnswer.ts';
import {
  checkContent,
  checkFifo,
  type PublishRequest,
  publish as publishMessage,
  sizeOf,
  withStructure,
} from '../rules/publishing.ts';
import { admit } from '../rules/throughput.ts';

/** SMS attributes that a message can carry have names that begin so; they are no filters. */
const AT = 'messageAttributes';

export const publish = snsOperation<PublishInput>(Publish$, {
  summary: 'Sends a message to all subscribers of a topic, or to one phone or device.',
  members: {
    TopicArn: TOPIC_ARN,
    TargetArn: { purpose: 'a topic, or the endpoint of a device, by ARN' },
    PhoneNumber: { purpose: 'a phone, as +15550100' },
    Message: { purpose: 'the text, up to 256 KB with its attributes' },
    Subject: { purpose: 'the subject of a mail' },
    MessageStructure: { purpose: 'json: the message holds a text for each protocol' },
    MessageAttributes: { purpose: 'names and values beside the text; filters read them' },
    MessageDeduplicationId: { purpose: 'FIFO topics: the same id within 5 minutes is a repeat' },
    MessageGroupId: { purpose: 'FIFO topics: messages of one group keep their order' },
  },
  handle(context, input) {
    const { state, caller } = context;
    const { TopicArn, TargetArn, PhoneNumber, MessageStructure } = input;
    const request = input as PublishRequest;
    refuseTargets(TopicArn, TargetArn, PhoneNumber);
    const content = checkContent(request, AT);
    if (PhoneNumber !== undefined) {
      const checked = withStructure(content, MessageStructure);
      checkPhone(state, caller.account, PhoneNumber, checked.bodies?.sms ?? checked.body);
      return new PublishAnswer(state.seed, publishTo(context, 'sms', PhoneNumber, checked));
    }
    const target = TopicArn ?? TargetArn!;
    const member = TopicArn === undefined ? 'TargetArn' : 'TopicArn';
    if ((elementsOf(member, target)[5] ?? '').startsWith('endpoint/')) {
      return toDevice(context, target, withStructure(content, MessageStructure, false));
    }
    const topic = topicAt(state, target, member);
    const fifo = checkFifo(topic, request);
    const checked = { ...withStructure(content, MessageStructure), ...fifo };
    admit(context, topic, [checked], 'Publish');
    return new PublishAnswer(state.seed, publishMessage(context, topic, checked));
  },
});

function toDevice(context: Context<SnsState>, arn: string, content: ReturnType<typeof checkContent>): object {
  checkDevice(context.state, arn);
  return new PublishAnswer(context.state.seed, publishTo(context, 'application', arn, content));
}

/** UNSURE: the sentence about more than one. */
function refuseTargets(...targets: readonly (string | undefined)[]): void {
  const count = targets.filter((target) => target !== undefined).length;
  if (count === 1) return;
  throw count === 0
    ? invalidParameter('TopicArn or TargetArn Reason: no value for required parameter')
    : invalidParameter('TopicArn or TargetArn or PhoneNumber Reason: only one of them can be given');
}

type Entry = PublishRequest & { readonly Id?: string | undefined };

export const publishBatch = snsOperation<PublishBatchInput>(PublishBatch$, {
  summary: 'Sends up to ten messages to a topic with one call.',
  members: {
    TopicArn: TOPIC_ARN,
    PublishBatchRequestEntries: { purpose: 'the messages, each with an Id of your choice' },
  },
  handle(context, { TopicArn, PublishBatchRequestEntries }) {
    const { state } = context;
    const topic = topicAt(state, TopicArn!);
    const entries = (PublishBatchRequestEntries ?? []) as readonly Entry[];
    checkEntries(entries);
    const checked = entries.map((entry, index) => {
      const at = `publishBatchRequestEntries.${index + 1}.member.messageAttributes`;
      // Recorded: the structure is looked at before the group.
      const content = withStructure(checkContent(entry, at), entry.MessageStructure);
      return { ...content, ...checkFifo(topic, entry) };
    });
    admit(context, topic, checked, 'PublishBatch');
    const done = checked.map((entry) => publishMessage(context, topic, entry));
    return new BatchAnswer(
      state.seed,
      entries.map(({ Id = '' }) => Id),
      done,
    );
  },
});

/** Counts and ids come before all else. SNS API Reference, PublishBatch. */
function checkEntries(entries: readonly Entry[]): void {
  if (entries.length === 0) {
    // UNSURE: the sentence.
    throw batchError('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  }
  if (entries.length > BATCH_ENTRIES_MAX) {
    throw batchError(
      'TooManyEntriesInBatchRequest',
      'The batch request contains more entries than permissible.',
      `It has ${entries.length}; ${BATCH_ENTRIES_MAX} are allowed.`,
    );
  }
  const ids = entries.map(({ Id = '' }) => Id);
  for (const id of ids) {
    if (id.length > BATCH_ID_LENGTH_MAX) {
      throw batchError(
        'InvalidBatchEntryId',
        `The Id of a batch entry in the batch request is too long: ${id}`,
      );
    }
    if (!/^[A-Za-z0-9_-]+$/u.test(id)) {
      throw batchError(
        'InvalidBatchEntryId',
        `The Id of a batch entry in the batch request contains an impermissible character: ${id}`,
      );
    }
  }
  if (new Set(ids).size < ids.length) {
    throw batchError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
  }
  const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (bytes > MESSAGE_BYTES_MAX) {
    throw batchError(
      'BatchRequestTooLong',
      'The length of all the messages put together is more than the limit.',
      `The entries together count ${bytes} bytes; one request carries at most ${MESSAGE_BYTES_MAX}.`,
    );
  }
}
