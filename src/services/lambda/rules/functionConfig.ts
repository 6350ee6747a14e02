/** What a function is told to be, checked; and as the API shows it. Lambda API Reference, CreateFunction. */
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { parseArn } from '../../../contract/arn.ts';
import { utf8Length } from '../../../contract/text.ts';
import { invalidValue, outOfRange } from '../errors.ts';
import { DESCRIPTION_MAX, ENVIRONMENT_BYTES_MAX, MEMORY, ROLE, TIMEOUT } from '../limits.ts';
import { type FunctionConfig, type LambdaFunction, type LambdaState, revisionId } from '../model.ts';
import { BEHAVIOUR_NAMES, BEHAVIOURS, isBehaviour, VARIABLES, variableProblem } from './behaviours.ts';

/** Runtimes that new functions may have. Lambda Developer Guide, Lambda runtimes. */
export const RUNTIMES = [
  'nodejs20.x',
  'nodejs22.x',
  'nodejs24.x',
  'python3.10',
  'python3.11',
  'python3.12',
  'python3.13',
  'python3.14',
  'java11',
  'java17',
  'java21',
  'java25',
  'dotnet8',
  'ruby3.3',
  'ruby3.4',
  'provided.al2',
  'provided.al2023',
] as const;

export interface ConfigInput {
  readonly Role?: string | undefined;
  readonly Runtime?: string | undefined;
  readonly Handler?: string | undefined;
  readonly Timeout?: number | undefined;
  readonly MemorySize?: number | undefined;
  readonly Description?: string | undefined;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> | undefined } | undefined;
  readonly DeadLetterConfig?: { readonly TargetArn?: string | undefined } | undefined;
}

/** `before`: what is there already; undefined: a new function. Refuses what cannot be. */
export function configOf(input: ConfigInput, before?: FunctionConfig): FunctionConfig {
  const { Role, Runtime, Handler, Timeout, MemorySize, Description, Environment, DeadLetterConfig } = input;
  const role = Role ?? before?.role ?? '';
  if (!ROLE.test(role)) {
    throw outOfRange(
      role,
      'role',
      'Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+',
      { why: 'Any role of the account does: arn:aws:iam::000000000000:role/worker.' },
    );
  }
  const timeout = Timeout ?? before?.timeout ?? TIMEOUT.default;
  inRange(timeout, 'timeout', TIMEOUT);
  const memory = MemorySize ?? before?.memory ?? MEMORY.default;
  inRange(memory, 'memorySize', MEMORY);
  const description = Description ?? before?.description ?? '';
  if (description.length > DESCRIPTION_MAX) {
    throw outOfRange(description, 'description', 'Member must have length less than or equal to 256');
  }
  return Object.freeze({
    runtime: runtimeOf(Runtime ?? before?.runtime),
    handler: handlerOf(Handler ?? before?.handler),
    role,
    timeout,
    memory,
    description,
    environment: environmentOf(Environment?.Variables ?? before?.environment ?? {}),
    deadLetterArn: deadLetterOf(DeadLetterConfig, before),
  });
}

function inRange(value: number, member: string, { min, max }: { min: number; max: number }): void {
  if (value < min) throw outOfRange(value, member, `Member must have value greater than or equal to ${min}`);
  if (value > max) throw outOfRange(value, member, `Member must have value less than or equal to ${max}`);
}

function runtimeOf(runtime: string | undefined): string {
  if (runtime === undefined) {
    throw invalidValue(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  }
  if ((RUNTIMES as readonly string[]).includes(runtime)) return runtime;
  throw invalidValue(
    `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${RUNTIMES.join(', ')}] or be a valid ARN`,
  );
}

function handlerOf(handler: string | undefined): FunctionConfig['handler'] {
  if (handler === undefined) {
    throw invalidValue(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  }
  if (isBehaviour(handler)) return handler;
  const list = BEHAVIOUR_NAMES.map((name) => `${name} (${BEHAVIOURS[name].says})`).join('; ');
  throw invalidValue(`not modelled: the handler ${handler}`, {
    why: `No code is run here; the handler names what the function does: ${list}.`,
  });
}

function environmentOf(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const size = Object.entries(variables).reduce(
    (sum, [name, value]) => sum + utf8Length(name) + utf8Length(value),
    0,
  );
  if (size > ENVIRONMENT_BYTES_MAX) {
    throw invalidValue(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${JSON.stringify(variables)}`,
    );
  }
  const problem = variableProblem(variables);
  if (problem !== undefined) {
    const known = Object.entries(VARIABLES).map(([name, says]) => `${name} (${says})`);
    throw invalidValue('The environment variables cannot be used.', {
      why: `${problem} These variables say how a handler behaves: ${known.join('; ')}.`,
    });
  }
  return Object.freeze({ ...variables });
}

function deadLetterOf(
  given: ConfigInput['DeadLetterConfig'],
  before: FunctionConfig | undefined,
): string | undefined {
  if (given === undefined) return before?.deadLetterArn;
  const arn = given.TargetArn;
  if (arn === undefined || arn === '') return undefined;
  const service = parseArn(arn)?.service;
  if ((service !== 'sqs' && service !== 'sns') || arn.endsWith('.fifo')) {
    throw invalidValue(`The provided target ARN ${arn} is not valid.`, {
      why: 'A dead-letter target is a standard queue or a standard topic, by its ARN.',
    });
  }
  return arn;
}

/** As Lambda writes times: `2026-01-05T09:00:00.000+0000`. */
const lambdaTime = (utc: number): string => new Date(utc).toISOString().replace('Z', '+0000');

/** A function as the API shows it. */
export function describe(state: LambdaState, record: LambdaFunction): FunctionConfiguration {
  const { config } = record;
  return {
    FunctionName: record.name,
    FunctionArn: record.arn,
    Runtime: config.runtime as NonNullable<FunctionConfiguration['Runtime']>,
    Role: config.role,
    Handler: config.handler,
    CodeSize: 0,
    Description: config.description,
    Timeout: config.timeout,
    MemorySize: config.memory,
    LastModified: lambdaTime(state.epoch + record.modified),
    // The digest of nothing: code is not read.
    CodeSha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    Version: '$LATEST',
    ...(config.deadLetterArn !== undefined && { DeadLetterConfig: { TargetArn: config.deadLetterArn } }),
    ...(Object.keys(config.environment).length > 0 && {
      Environment: { Variables: { ...config.environment } },
    }),
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: revisionId(state, record),
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    EphemeralStorage: { Size: 512 },
  };
}
