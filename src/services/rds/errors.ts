/** What RDS answers when it refuses; sentences as AWS writes them where they are known. */
import { ServiceError } from '../../contract/errors.ts';

const client = (code: string, message: string, why?: string, httpStatus = 400): ServiceError =>
  new ServiceError(code, message, { httpStatus, ...(why !== undefined && { why }) });

export const missing = (member: string): ServiceError =>
  client('MissingParameter', `The request must contain the parameter ${member}`);

export const invalid = (message: string, why?: string): ServiceError =>
  client('InvalidParameterValue', message, why);

export const together = (message: string): ServiceError => client('InvalidParameterCombination', message);

/** UNSURE: the sentence. */
export const noSuchSubscription = (name: string): ServiceError =>
  client(
    'SubscriptionNotFound',
    `EventSubscription ${name} not found.`,
    'See describe-event-subscriptions.',
    404,
  );

/** UNSURE: the sentence. */
export const subscriptionExists = (name: string): ServiceError =>
  client('SubscriptionAlreadyExist', `EventSubscription ${name} already exists.`);

/** UNSURE: the sentence. */
export const noSuchSource = (name: string): ServiceError =>
  client('SourceNotFound', `Could not find source for event notification: ${name}.`, undefined, 404);

/** UNSURE: the sentence. */
export const noSuchCategory = (name: string, known: readonly string[]): ServiceError =>
  client(
    'SubscriptionCategoryNotFound',
    `The supplied category ${name} does not exist.`,
    `Expected is one of: ${known.join(', ')}.`,
    404,
  );

export const tooManySubscriptions = (): ServiceError =>
  client('EventSubscriptionQuotaExceeded', 'You have reached the maximum number of event subscriptions.');

/** RDS API Reference, CreateEventSubscription: SNSInvalidTopic. */
export const invalidTopic = (why: string): ServiceError =>
  client('SNSInvalidTopic', 'SNS has responded that there is a problem with the SNS topic specified.', why);

export const noAuthorization = (why: string): ServiceError =>
  client('SNSNoAuthorization', 'You do not have permission to publish to the SNS topic ARN.', why);

export const noSuchTopic = (): ServiceError =>
  client('SNSTopicArnNotFound', 'The SNS topic ARN does not exist.', undefined, 404);

export const noSuchInstance = (name: string): ServiceError =>
  client('DBInstanceNotFound', `DBInstance ${name} not found.`, 'See describe-db-instances.', 404);

export const noSuchCluster = (name: string): ServiceError =>
  client('DBClusterNotFoundFault', `DBCluster ${name} not found.`, 'See describe-db-clusters.', 404);

export const instanceState = (name: string, needs: string, status: string): ServiceError =>
  client('InvalidDBInstanceState', `Instance ${name} is not in ${needs} state.`, `It is ${status}.`);

export const clusterState = (name: string, needs: string, status: string): ServiceError =>
  client('InvalidDBClusterStateFault', `DbCluster ${name} is not in ${needs} state`, `It is ${status}.`);
