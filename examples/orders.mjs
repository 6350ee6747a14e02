/** An app: takes orders from a queue, and deletes each when it is done. */
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';

/** Works until `signal` is aborted. Throws what `work` throws: the message then comes back. */
export async function workOrders({ sqs, queueUrl, work, signal }) {
  while (!signal.aborted) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 20, MaxNumberOfMessages: 10 }),
    );
    for (const { Body, ReceiptHandle } of Messages) {
      try {
        await work(Body);
      } catch {
        continue;
      }
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    }
  }
}
