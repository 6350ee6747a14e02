/**
 * `aws s3 …`: the AWS CLI's own commands over buckets, as far as small texts need them (`awscli/customizations/s3`).
 * Other verbs are refused by name.
 */
import { utf8Text } from '../contract/text.ts';
import { fromBase64 } from '../engine/plainJson.ts';
import { CliFailure, notModelled, REFUSED_EXIT } from './cliFailure.ts';
import type { CallSettings } from './globalOptions.ts';
import type { LineContext, Running } from './lineContext.ts';
import { readParameterBytes } from './parameterFile.ts';
import type { Argument } from './python/argparse.ts';
import type { PlainObject } from './python/values.ts';
import { checked, send, serviceByWord } from './serviceCall.ts';

/** Verbs of `aws s3` that are here, with what they take and do. */
export const S3_VERBS: Readonly<Record<string, { readonly takes: string; readonly purpose: string }>> = {
  ls: { takes: '[s3://BUCKET[/PREFIX]]', purpose: 'buckets, or what is in one' },
  mb: { takes: 's3://BUCKET', purpose: 'make a bucket' },
  rb: { takes: 's3://BUCKET', purpose: 'delete an empty bucket' },
  cp: { takes: 'FROM TO', purpose: 'copy; - shows the object here' },
  rm: { takes: 's3://BUCKET/KEY', purpose: 'delete an object' },
};
const AWS_HAS_TOO = ['mv', 'sync', 'website', 'presign'];

const HELP = `Commands over buckets\n\n${Object.entries(S3_VERBS)
  .map(([verb, { takes, purpose }]) => `${`${verb} ${takes}`.padEnd(36)}${purpose}\n`)
  .join('')}`;

interface Place {
  readonly bucket: string;
  readonly key: string;
}

/** `s3://bucket/key`; undefined: a local name. */
function placeOf(text: string): Place | undefined {
  const match = /^s3:\/\/([^/]+)\/?(.*)$/su.exec(text);
  return match === null ? undefined : { bucket: match[1]!, key: match[2]! };
}

function usage(verb: string, at: Argument | undefined): CliFailure {
  const { takes, purpose } = S3_VERBS[verb]!;
  return new CliFailure(`usage: aws s3 ${verb} ${takes}\nError: Invalid argument type`, 252, {
    at,
    why: `expected is: aws s3 ${verb} ${takes}, ${purpose}`,
  });
}

/** `words` begin behind `aws s3`. */
export function* callS3(
  words: readonly Argument[],
  settings: CallSettings,
  context: LineContext,
): Running<string> {
  const [first, ...rest] = words;
  const verb = first?.value ?? 'help';
  if (verb === 'help') return HELP;
  if (AWS_HAS_TOO.includes(verb)) throw notModelled(`aws s3 ${verb}`, { at: first });
  if (!Object.hasOwn(S3_VERBS, verb)) {
    throw new CliFailure(`aws s3 has no ${verb} here`, 252, {
      at: first,
      why: `there are ${Object.keys(S3_VERBS).join(', ')}; aws s3api has all operations`,
    });
  }
  const flag = rest.find(({ value }) => value.startsWith('--'));
  if (flag !== undefined) throw notModelled(`aws s3 ${verb} ${flag.value}`, { at: flag });
  const service = serviceByWord(context.catalog, 's3api')!;
  const ask = function* (operation: string, input: PlainObject): Running<PlainObject> {
    const call = { service, operation: service.operations.get(operation)!, settings, context };
    return yield* send(call, checked(call, input, new Set()));
  };
  const target = placeOf(rest[0]?.value ?? '');
  if (verb === 'ls') {
    if (rest.length > 0 && target === undefined) throw usage(verb, rest[0]);
    return target === undefined ? yield* listBuckets(ask) : yield* listObjects(ask, target);
  }
  if (verb === 'cp') return yield* copy(ask, rest, context);
  if (target === undefined || (verb === 'rm' && target.key === '')) throw usage(verb, rest[0]);
  const { bucket: Bucket, key: Key } = target;
  if (verb === 'mb') {
    yield* ask('CreateBucket', { Bucket });
    return `make_bucket: ${Bucket}\n`;
  }
  if (verb === 'rb') {
    yield* ask('DeleteBucket', { Bucket });
    return `remove_bucket: ${Bucket}\n`;
  }
  yield* ask('DeleteObject', { Bucket, Key });
  return `delete: s3://${Bucket}/${Key}\n`;
}

type Ask = (operation: string, input: PlainObject) => Running<PlainObject>;

/** `2026-01-05 09:00:00`; SIMPLER THAN AWS: in UTC. */
const timeOf = (iso: unknown): string => String(iso).slice(0, 19).replace('T', ' ');

function* listBuckets(ask: Ask): Running<string> {
  const { Buckets } = yield* ask('ListBuckets', {});
  return ((Buckets ?? []) as PlainObject[])
    .map(({ Name, CreationDate }) => `${timeOf(CreationDate)} ${String(Name)}\n`)
    .join('');
}

function* listObjects(ask: Ask, { bucket, key }: Place): Running<string> {
  const lines: string[] = [];
  let token: unknown;
  do {
    const page = yield* ask('ListObjectsV2', {
      Bucket: bucket,
      Prefix: key,
      Delimiter: '/',
      ...(typeof token === 'string' && { ContinuationToken: token }),
    });
    const cut = key.lastIndexOf('/') + 1;
    for (const { Prefix } of (page.CommonPrefixes ?? []) as PlainObject[]) {
      lines.push(`${'PRE'.padStart(30)} ${String(Prefix).slice(cut)}\n`);
    }
    for (const { Key, Size, LastModified } of (page.Contents ?? []) as PlainObject[]) {
      lines.push(`${timeOf(LastModified)} ${String(Size).padStart(10)} ${String(Key).slice(cut)}\n`);
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
  if (lines.length === 0 && key !== '') throw new CliFailure('', REFUSED_EXIT);
  return lines.join('');
}

const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const completed = (place: Place, name: string): Place =>
  place.key === '' || place.key.endsWith('/') ? { ...place, key: place.key + name } : place;

function* copy(ask: Ask, words: readonly Argument[], context: LineContext): Running<string> {
  const [from, to] = words;
  if (from === undefined || to === undefined || words.length > 2) throw usage('cp', words[2] ?? from);
  const source = placeOf(from.value);
  const target = placeOf(to.value);
  if (source !== undefined && target !== undefined) {
    const { bucket: Bucket, key: Key } = completed(target, lastName(source.key));
    yield* ask('CopyObject', {
      Bucket,
      Key,
      CopySource: `${source.bucket}/${source.key.replaceAll('%', '%25')}`,
    });
    return `copy: ${from.value} to s3://${Bucket}/${Key}\n`;
  }
  if (source !== undefined) {
    const { Body } = yield* ask('GetObject', { Bucket: source.bucket, Key: source.key });
    const bytes = fromBase64(String(Body ?? ''));
    const text = utf8Text(bytes) ?? `(${bytes.length} bytes that are no text)`;
    if (to.value === '-') return text;
    context.notes.push(`${to.value} is not written; it would hold: ${text.slice(0, 1_000)}`);
    return `download: ${from.value} to ${to.value}\n`;
  }
  if (target === undefined) throw usage('cp', from);
  if (from.value === '-') {
    throw notModelled('aws s3 cp -', {
      at: from,
      why: 'there is no input to read here; aws s3api put-object --body takes a text',
    });
  }
  const shape = { type: 'blob' } as const;
  const Body = readParameterBytes('cp', `fileb://${from.value}`, shape, context.surroundings)!;
  const { bucket: Bucket, key: Key } = completed(target, lastName(from.value));
  yield* ask('PutObject', { Bucket, Key, Body });
  return `upload: ${from.value} to s3://${Bucket}/${Key}\n`;
}
