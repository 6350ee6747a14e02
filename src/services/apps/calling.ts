/** How an app calls a service, and how it counts a refusal. */
import { type AwsWorldSettings, PARTNER_ACCOUNT, settingsOf } from '../../contract/world.ts';
import type { Caller, CallId, Context, Refusal } from '../../engine/service.ts';
import type { App, AppsState, Given } from './model.ts';
import { countIn } from './rings.ts';
import type { AppToken } from './timers.ts';
import type { Target } from './values.ts';

/** Codes by which AWS says "too fast". */
const THROTTLING = new Set([
  'RequestThrottled',
  'Throttled',
  'ThrottlingException',
  'Throttling',
  'KMS.ThrottlingException',
  'KmsThrottled',
  'ProvisionedThroughputExceededException',
  // Amazon Data Firehose API Reference, PutRecord: "Slow down."
  'ServiceUnavailableException',
]);

const isThrottling = (code: string): boolean => THROTTLING.has(code);

/** An SDK tries again what is throttled or the server's fault; what is wrong stays wrong. */
export const isWorthRetrying = (refusal: Refusal): boolean =>
  refusal.fault === 'server' || isThrottling(refusal.code);

export function call(
  context: Context<AppsState>,
  app: App,
  by: string,
  operation: string,
  input: object,
  token: AppToken,
  service = 'sqs',
): CallId {
  app.counters.requests++;
  const caller = callerOf(context, app, by);
  return context.request({ service, operation, input, caller }, token);
}

/** Callers by what their app was given, which is replaced whole: one object for all calls of one worker. */
const callers = new WeakMap<Given, Map<string, Caller>>();

function callerOf(context: Context<AppsState>, { given }: App, by: string): Caller {
  let ofApp = callers.get(given);
  if (ofApp === undefined) {
    ofApp = new Map();
    callers.set(given, ofApp);
  }
  let caller = ofApp.get(by);
  if (caller === undefined) {
    const profile = String(given.profile ?? 'default');
    const account = profile === 'partner' ? PARTNER_ACCOUNT : settingsOf(context).account;
    caller = Object.freeze({ by, account, profile, secure: true });
    ofApp.set(by, caller);
  }
  return caller;
}

/** Writes one item to a database of this world. */
export const write = (
  context: Context<AppsState>,
  app: App,
  by: string,
  to: Target,
  token: AppToken,
): CallId => call(context, app, by, 'Write', { to: `${to.kind}/${to.name}` }, token, 'app');

/** URLs by the queue's name, of each world: the same text each time is looked up faster than its like. */
const urls = new WeakMap<AwsWorldSettings, Map<string, string>>();

export function queueUrl(context: Context<AppsState>, { name }: Target): string {
  const settings = settingsOf(context);
  let ofWorld = urls.get(settings);
  if (ofWorld === undefined) {
    ofWorld = new Map();
    urls.set(settings, ofWorld);
  }
  let url = ofWorld.get(name);
  if (url === undefined) {
    url = `https://sqs.${settings.region}.amazonaws.com/${settings.account}/${name}`;
    ofWorld.set(name, url);
  }
  return url;
}

/** Publishes to a topic of the world's own account. */
export function publish(
  context: Context<AppsState>,
  app: App,
  operation: 'Publish' | 'PublishBatch',
  input: object,
  to: Target,
  token: AppToken,
): CallId {
  const { region, account } = settingsOf(context);
  const TopicArn = `arn:aws:sns:${region}:${account}:${to.name}`;
  return call(context, app, app.name, operation, { TopicArn, ...input }, token, 'sns');
}

/** Counts `messages` refused, and tells it once a second for each kind of refusal. */
export function noteRefusal(
  context: Context<AppsState>,
  app: App,
  by: string,
  operation: string,
  refusal: Pick<Refusal, 'code' | 'message'>,
  messages: number,
): void {
  const { code, message } = refusal;
  if (isThrottling(code)) {
    app.counters.throttled += messages;
    countIn(app.throttling, context.now, messages);
  } else if (app.kind === 'producer') {
    app.counters.failed += messages;
  }
  countIn(app.refusals, context.now, messages);
  const last = app.refusal;
  const told =
    last !== null &&
    last.code === code &&
    last.operation === operation &&
    Math.floor(last.at / 1_000) === Math.floor(context.now / 1_000);
  if (told) return;
  app.refusal = Object.freeze({ operation, code, message, at: context.now });
  context.emit(Object.freeze({ type: 'app/Refused', by, app: app.name, operation, code, message }));
}
