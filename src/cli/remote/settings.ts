/** The usual AWS settings: environment, `~/.aws/config` and `~/.aws/credentials`, in the AWS CLI's order. */
import { loadSharedConfigFiles } from '@smithy/core/config';
import { CliFailure, CONFIGURATION_EXIT, GENERAL_EXIT } from '../../command/cliFailure.ts';
import { Usage } from '../exit.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface AwsSettings {
  /** Those of both files, and `default`. */
  readonly profiles: readonly string[];
  /** The name under which calls are made when a line names none. */
  readonly profile: string;
  /** Throws CliFailure when none is set. */
  region(profile?: string): string;
  /** What the settings themselves say of an endpoint: `AWS_ENDPOINT_URL=http://…`. */
  readonly endpoint: string | undefined;
}

/** `--endpoint-url aws`: AWS's own endpoint of each service. */
export const AWS_ITSELF = 'aws';

export async function awsSettings(
  given: { readonly profile?: string; readonly region?: string },
  env: Environment,
): Promise<AwsSettings> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const profile = given.profile ?? env.AWS_PROFILE ?? env.AWS_DEFAULT_PROFILE ?? 'default';
  const profiles = [...new Set(['default', ...Object.keys(configFile), ...Object.keys(credentialsFile)])];
  if (!profiles.includes(profile)) {
    throw new CliFailure(`The config profile (${profile}) could not be found`, GENERAL_EXIT);
  }
  const variable = Object.keys(env).find(
    (name) => /^AWS_ENDPOINT_URL(_|$)/.test(name) && (env[name] ?? '') !== '',
  );
  const section = { ...credentialsFile[profile], ...configFile[profile] };
  const inFile = section.endpoint_url ?? section.services;
  return {
    profiles,
    profile,
    region(named = profile) {
      const own =
        named === profile ? (given.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION) : given.region;
      const region =
        own ??
        configFile[named]?.region ??
        credentialsFile[named]?.region ??
        env.AWS_REGION ??
        env.AWS_DEFAULT_REGION;
      if (region !== undefined && region !== '') return region;
      throw new CliFailure(
        'You must specify a region. You can also configure your region by running "aws configure".',
        CONFIGURATION_EXIT,
      );
    },
    endpoint:
      variable !== undefined
        ? `${variable}=${env[variable]}`
        : inFile === undefined
          ? undefined
          : `endpoint_url of profile ${profile}`,
  };
}

/** The endpoint as the clients take it: undefined is AWS's own. Throws Usage. */
export function endpointFrom(url: string): string | undefined {
  if (url === AWS_ITSELF) return undefined;
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) {
    throw new Usage(
      `--endpoint-url "${url}": scheme is missing; write http://HOST or https://HOST, or aws for AWS's own endpoints`,
    );
  }
  if (!URL.canParse(url) || !/^https?:\/\/[^/]/i.test(url)) {
    throw new Usage(`--endpoint-url "${url}" is no address; write http://HOST or https://HOST`);
  }
  return url.replace(/\/+$/, '');
}
