/** A producer that tells an event bus (PutEvents), or a device that publishes to the message broker of AWS IoT. */
import { utf8Bytes } from '../../contract/text.ts';
import type { Context, Refusal } from '../../engine/service.ts';
import { call } from './calling.ts';
import type { AppsState, Producer } from './model.ts';
import type { RefusedRecords } from './recordSending.ts';
import { fill, pad, readTemplate } from './template.ts';
import type { SendToken } from './timers.ts';
import type { TargetKind } from './values.ts';

export type TellKind = Extract<TargetKind, 'bus' | 'iot'>;

export const takesEvents = (kind: TargetKind): kind is TellKind => kind === 'bus' || kind === 'iot';

export const tellOperation = (kind: TellKind): string => (kind === 'bus' ? 'PutEvents' : 'Publish');

/** What stands for DetailType when no `--key` was given. */
const DETAIL_TYPE = 'message';

export function tell(
  context: Context<AppsState>,
  app: Producer,
  numbers: readonly number[],
  token: SendToken,
): void {
  const { to } = app.settings;
  if (to.kind === 'iot') {
    const topic = fill(readTemplate('to', to.name), numbers[0]!);
    const input = { topic, payload: utf8Bytes(textOf(app, numbers[0]!)) };
    call(context, app, app.name, 'Publish', input, token, 'iotdata');
    return;
  }
  const Entries = numbers.map((n) => ({
    Source: app.name,
    DetailType: app.given.key === undefined ? DETAIL_TYPE : fill(app.settings.key, n),
    Detail: detailOf(textOf(app, n)),
    EventBusName: to.name,
  }));
  call(context, app, app.name, 'PutEvents', { Entries }, token, 'events');
}

function textOf({ settings: { body, size } }: Producer, n: number): string {
  const text = fill(body, n);
  return size === undefined ? text : pad(text, size);
}

/** The detail of an event is a JSON object. */
const detailOf = (text: string): string =>
  text.trimStart().startsWith('{') ? text : JSON.stringify({ message: text });

interface PutAnswer {
  readonly FailedEntryCount?: number;
  readonly Entries?: readonly { readonly ErrorCode?: string; readonly ErrorMessage?: string }[];
}

/** The refused entries of a PutEvents that was accepted. */
export function refusedEvents(output: object, numbers: readonly number[]): readonly RefusedRecords[] {
  const { FailedEntryCount = 0, Entries = [] } = output as PutAnswer;
  if (FailedEntryCount === 0) return [];
  return Entries.flatMap(({ ErrorCode: code, ErrorMessage: message = '' }, index): RefusedRecords[] => {
    if (code === undefined) return [];
    const fault = /^(?:Throttling|Internal)/u.test(code) ? 'server' : 'client';
    const refusal: Refusal = { code, message, httpStatus: 400, fault };
    return [{ refusal, numbers: [numbers[index]!] }];
  });
}
