/** Platform applications and the endpoints of devices. SNS Developer Guide, Mobile push notifications. */
import { utf8Length } from '../../../contract/text.ts';
import { invalidParameter, notFound } from '../errors.ts';
import { USER_DATA_BYTES_MAX } from '../limits.ts';
import type { PlatformApplication, PlatformEndpoint, SnsState } from '../model.ts';
import { elementsOf } from './arns.ts';

export type Attributes = Readonly<Record<string, string>>;

const PLATFORMS: readonly string[] = [
  'ADM',
  'APNS',
  'APNS_SANDBOX',
  'APNS_VOIP',
  'APNS_VOIP_SANDBOX',
  'BAIDU',
  'GCM',
  'MACOS',
  'MACOS_SANDBOX',
  'MPNS',
  'WNS',
];

const NAME_LENGTH_MAX = 256;

export function checkName(name: string): void {
  if (name === '') throw invalidParameter(' Reason: cannot be empty');
  // UNSURE: the sentence.
  if (name.length > NAME_LENGTH_MAX) {
    throw invalidParameter(`${name} Reason: must be at most ${NAME_LENGTH_MAX} characters long`);
  }
  if (/^[A-Za-z0-9_.-]+$/u.test(name)) return;
  throw invalidParameter(
    `${name} Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'`,
  );
}

export function checkPlatform(platform: string): void {
  if (!PLATFORMS.includes(platform)) throw invalidParameter(`Platform Reason: ${platform} is not supported`);
}

const APPLICATION_ATTRIBUTES =
  /^(?:PlatformCredential|PlatformPrincipal|Event(?:EndpointCreated|EndpointDeleted|EndpointUpdated|DeliveryFailure)|SuccessFeedbackRoleArn|FailureFeedbackRoleArn|SuccessFeedbackSampleRate|ApplePlatformTeamID|ApplePlatformBundleID|Enabled|AuthenticationMethod)$/u;

/** Its credential is a key or a token alone. Amazon SNS API Reference, CreatePlatformApplication. */
const WITHOUT_PRINCIPAL: readonly string[] = ['GCM'];

export function checkApplicationAttributes(platform: string, given: Attributes): void {
  const foreign = Object.keys(given).find((name) => !APPLICATION_ATTRIBUTES.test(name));
  if (foreign !== undefined) throw invalidParameter(`Attributes Reason: Invalid attribute name: ${foreign}`);
  const { PlatformPrincipal: principal, PlatformCredential: credential } = given;
  const lacking = (one: string, other: string): void => {
    throw invalidParameter(`Attributes Reason: ${one} attribute provided without ${other}`);
  };
  if (principal !== undefined && credential === undefined) lacking('PlatformPrincipal', 'PlatformCredential');
  const alone = WITHOUT_PRINCIPAL.includes(platform) || given.AuthenticationMethod !== undefined;
  if (credential !== undefined && principal === undefined && !alone) {
    lacking('PlatformCredential', 'PlatformPrincipal');
  }
}

/** What AWS tells of an application: never its secrets. */
export const shownAttributes = ({ attributes }: PlatformApplication): Attributes => {
  const { PlatformCredential: _secret, PlatformPrincipal: _public, ...shown } = attributes;
  return shown;
};

export function applicationAt(state: SnsState, arn: string): PlatformApplication {
  const found = state.applications.get(arn);
  if (found !== undefined) return found;
  refuseSlashes('PlatformApplicationArn', arn, 3);
  throw notFound('PlatformApplication does not exist');
}

export function endpointAt(state: SnsState, arn: string): PlatformEndpoint {
  const found = state.endpoints.get(arn);
  if (found !== undefined) return found;
  refuseSlashes('EndpointArn', arn, 4);
  throw notFound('Endpoint does not exist');
}

/** `app/GCM/name`, `endpoint/GCM/name/uuid`. */
export function refuseSlashes(member: string, arn: string, parts: number): void {
  if ((elementsOf(member, arn)[5] ?? '').split('/').length === parts) return;
  throw invalidParameter(`${member} Reason: Wrong number of slashes in relative portion of the ARN.`);
}

const ENDPOINT_ATTRIBUTES: readonly string[] = ['CustomUserData', 'Enabled', 'Token'];

export function checkEndpointAttributes(given: Attributes): void {
  const foreign = Object.keys(given).find((name) => !ENDPOINT_ATTRIBUTES.includes(name));
  if (foreign !== undefined) throw invalidParameter(`Attributes Reason: Invalid attribute name: ${foreign}`);
  if (utf8Length(given.CustomUserData ?? '') > USER_DATA_BYTES_MAX) {
    throw invalidParameter(
      `Attributes Reason: Invalid value for attribute: CustomUserData: must be at most ${USER_DATA_BYTES_MAX} bytes long in UTF-8 encoding`,
    );
  }
  const { Enabled } = given;
  // UNSURE: the sentence.
  if (Enabled !== undefined && !/^(?:true|false)$/iu.test(Enabled)) {
    throw invalidParameter('Attributes Reason: Invalid value for attribute: Enabled: must be true or false');
  }
}
